import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { PipelinesService, type Page, type PipelineStatus, type PipelineView } from '@weir/operations';
import { ApiProblems, problemsOfScopedRoutes } from '../docs/problem.dto.js';
import { RequireScope } from '../http/key.guard.js';
import { NoParameters } from '../http/request.dto.js';
import { PipelinePageDto, PipelineStatusDto } from './pipelines.dto.js';

@ApiTags('Pipelines')
@ApiSecurity('x-key')
@RequireScope('pipelines')
@Controller('pipelines')
export class PipelinesController {
  constructor(private readonly pipelines: PipelinesService) {}

  @Get()
  @ApiOperation({
    summary: 'Which pipelines there are',
    description: 'With their sources, schedule and last run. One whose file has mistakes is listed with them.',
  })
  @ApiOkResponse({ type: PipelinePageDto, description: 'All pipelines' })
  @ApiProblems(...problemsOfScopedRoutes)
  list(@Query() _none: NoParameters): Promise<Page<PipelineView>> {
    return this.pipelines.list();
  }

  @Get(':pipeline_id/status')
  @ApiParam({
    name: 'pipeline_id',
    description: 'Id of a pipeline, as `GET /pipelines` lists it.',
    schema: { type: 'string', example: 'covid' },
  })
  @ApiOperation({
    summary: 'How a pipeline is doing',
    description: 'What runs now, how the last run ended, when one last went well, and when the next comes.',
  })
  @ApiOkResponse({ type: PipelineStatusDto, description: 'The pipeline' })
  @ApiProblems(...problemsOfScopedRoutes, 'not_found')
  status(@Param('pipeline_id') id: string, @Query() _none: NoParameters): Promise<PipelineStatus> {
    return this.pipelines.status(id);
  }
}
