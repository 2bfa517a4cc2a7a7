import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../docs/problem.dto.js';
import { Public } from '../http/key.guard.js';
import { metricsExample } from './metrics.example.js';
import { MetricsService } from './metrics.service.js';

/** For Prometheus: public, and not strict about parameters. */
@ApiTags('Metrics')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly service: MetricsService) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({
    summary: 'Metrics for Prometheus',
    description:
      "Prometheus' text format 0.0.4, without a key. What each metric means stands in docs/reference/metrics.md.",
  })
  @ApiOkResponse({
    description: 'Everything that is measured',
    content: { 'text/plain': { schema: { type: 'string' }, example: metricsExample } },
  })
  @ApiProblems()
  text(): Promise<string> {
    return this.service.text();
  }
}
