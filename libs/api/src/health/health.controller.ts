import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HealthService, type Health } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import type { Response } from 'express';
import { Bindings } from '../bindings.js';
import { ApiProblems } from '../docs/problem.dto.js';
import { Public } from '../http/key.guard.js';
import { HealthDto, LiveDto, ReadyDto } from './health.dto.js';

/** For probes: public, and not strict about parameters. */
@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly service: HealthService,
    private readonly bindings: Bindings,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Does the process answer', description: 'Asks nobody else: for a probe of liveness.' })
  @ApiOkResponse({ type: LiveDto, description: 'It does' })
  live(): LiveDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Can it be used',
    description:
      'Until what it needs is there, 503 says what it is waiting for: embedded, the first load; in the stack, its databases. For a probe of readiness.',
  })
  @ApiOkResponse({ type: ReadyDto, description: 'It can' })
  @ApiProblems('not_ready')
  ready(): ReadyDto {
    const { ready, waitingFor } = this.bindings.readiness();
    if (ready) return { status: 'ready' };
    throw new WeirError('not_ready', `Waiting for ${waitingFor ?? 'the start to end'}.`, { retryable: true });
  }

  @Get()
  @ApiOperation({ summary: 'Each dependency with its latency', description: '503 where all of them are down.' })
  @ApiOkResponse({ type: HealthDto, description: 'Some dependency answers' })
  @ApiResponse({ status: 503, type: HealthDto, description: 'All dependencies are down.' })
  async health(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const health = await this.service.health();
    response.status(health.status === 'down' ? 503 : 200);
    return health;
  }
}
