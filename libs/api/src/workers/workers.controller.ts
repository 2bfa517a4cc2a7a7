import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { WorkersService, type Page, type Worker } from '@weir/operations';
import { ApiProblems, problemsOfScopedRoutes } from '../docs/problem.dto.js';
import { RequireScope } from '../http/key.guard.js';
import { NoParameters } from '../http/request.dto.js';
import { WorkerPageDto } from './workers.dto.js';

@ApiTags('Workers')
@ApiSecurity('x-key')
@RequireScope('pipelines')
@Controller('workers')
export class WorkersController {
  constructor(private readonly workers: WorkersService) {}

  @Get()
  @ApiOperation({
    summary: 'Who executes runs',
    description: 'What each does now, how much it has done, and when it was last seen.',
  })
  @ApiOkResponse({ type: WorkerPageDto, description: 'All workers' })
  @ApiProblems(...problemsOfScopedRoutes)
  list(@Query() _none: NoParameters): Promise<Page<Worker>> {
    return this.workers.list();
  }
}
