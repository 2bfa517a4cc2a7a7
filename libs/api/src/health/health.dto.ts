import { ApiProperty, getSchemaPath, ApiExtraModels, ApiSchema } from '@nestjs/swagger';
import type { DependencyHealth, Health } from './health.service.js';

@ApiSchema({ name: 'Live' })
export class LiveDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

@ApiSchema({ name: 'Ready' })
export class ReadyDto {
  @ApiProperty({ enum: ['ready'] })
  status!: 'ready';
}

@ApiSchema({ name: 'DependencyHealth' })
class DependencyHealthDto implements DependencyHealth {
  @ApiProperty({ enum: ['ok', 'down'] })
  status!: DependencyHealth['status'];

  @ApiProperty({ example: 1.4, description: 'Milliseconds until it answered, or was given up.' })
  latency_ms!: number;
}

@ApiExtraModels(DependencyHealthDto)
@ApiSchema({ name: 'Health' })
export class HealthDto implements Health {
  @ApiProperty({
    enum: ['ok', 'degraded', 'down'],
    description: '`degraded`: some dependencies are down; `down`: all are.',
  })
  status!: Health['status'];

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(DependencyHealthDto) },
    example: { postgres: { status: 'ok', latency_ms: 1.4 } },
  })
  dependencies!: { [name: string]: DependencyHealthDto };
}
