import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { RunsService, type Artefact, type Page, type Reject, type Run, type RunReport } from '@weir/operations';
import { ApiProblems, problemsOfScopedRoutes } from '../docs/problem.dto.js';
import { RequireScope } from '../http/key.guard.js';
import { NoParameters } from '../http/request.dto.js';
import {
  ArtefactPageDto,
  RejectPageDto,
  RejectsQueryDto,
  RunDto,
  RunPageDto,
  RunReportDto,
  RunsQueryDto,
} from './runs.dto.js';

const RunId = () =>
  ApiParam({
    name: 'run_id',
    description: 'Id of a run, as `GET /runs` lists it.',
    schema: { type: 'string', format: 'uuid', example: '5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f' },
  });

@ApiTags('Runs')
@ApiSecurity('x-key')
@RequireScope('pipelines')
@Controller('runs')
export class RunsController {
  constructor(private readonly runs: RunsService) {}

  @Get()
  @ApiOperation({
    summary: 'What ran, and how it ended',
    description: 'Newest first. Runs that begin while you page are on no later page, and shift none.',
  })
  @ApiOkResponse({ type: RunPageDto, description: 'One page of runs' })
  @ApiProblems(...problemsOfScopedRoutes, 'invalid_cursor')
  list(@Query() query: RunsQueryDto): Promise<Page<Run>> {
    return this.runs.list(query);
  }

  @Get(':run_id')
  @RunId()
  @ApiOperation({ summary: 'One run with its steps', description: 'Per step its tries, seconds, rows and failure.' })
  @ApiOkResponse({ type: RunReportDto, description: 'The run' })
  @ApiProblems(...problemsOfScopedRoutes, 'not_found')
  report(@Param('run_id') id: string, @Query() _none: NoParameters): Promise<RunReport> {
    return this.runs.report(id);
  }

  @Post(':run_id/cancel')
  @HttpCode(202)
  @RunId()
  @ApiOperation({
    summary: 'End a run before its end',
    description:
      'The run comes to a safe place first, then ends as `cancelled`: ask `GET /runs/{run_id}` until `finished_at` is there. What it had published is never seen. A run that has begun to make its rows visible may still end as `succeeded`.',
  })
  @ApiAcceptedResponse({ type: RunDto, description: 'The wish was taken; the run as it is now' })
  @ApiProblems(...problemsOfScopedRoutes, 'not_found', 'run_ended')
  cancel(@Param('run_id') id: string, @Query() _none: NoParameters): Promise<Run> {
    return this.runs.cancel(id);
  }

  @Get(':run_id/artefacts')
  @RunId()
  @ApiOperation({
    summary: 'The files that a run left',
    description: 'Names, sizes and checksums, never contents. A run that found nothing new leaves none.',
  })
  @ApiOkResponse({ type: ArtefactPageDto, description: 'All files' })
  @ApiProblems(...problemsOfScopedRoutes, 'not_found', 'artefact_missing')
  artefacts(@Param('run_id') id: string, @Query() _none: NoParameters): Promise<Page<Artefact>> {
    return this.runs.artefacts(id);
  }

  @Get(':run_id/rejects')
  @RunId()
  @ApiOperation({
    summary: 'The rows that a run left out',
    description: 'With the place and the reason of each. A page may hold fewer than `limit` where rows are long.',
  })
  @ApiOkResponse({ type: RejectPageDto, description: 'One page of rows' })
  @ApiProblems(...problemsOfScopedRoutes, 'not_found', 'artefact_missing', 'invalid_cursor')
  rejects(@Param('run_id') id: string, @Query() query: RejectsQueryDto): Promise<Page<Reject>> {
    return this.runs.rejects(id, query);
  }
}
