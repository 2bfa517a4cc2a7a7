import { ApiProperty, getSchemaPath, ApiExtraModels, ApiSchema } from '@nestjs/swagger';
import type { DependencyHealth, Health } from '@weir/operations';

@ApiSchema({ name: 'Live' })
export class LiveDto {
  @ApiProperty({ enum: ['ok'], description: 'Always this: the process answers.' })
  status!: 'ok';
}

@ApiSchema({ name: 'Ready' })
export class ReadyDto {
  @ApiProperty({ enum: ['ready'], description: 'Always this; what is waited for is a 503.' })
  status!: 'ready';
}

@ApiSchema({ name: 'DependencyHealth' })
class DependencyHealthDto implements DependencyHealth {
  @ApiProperty({ enum: ['ok', 'down'], description: '`down`: it refused, or did not answer in time.' })
  status!: DependencyHealth['status'];

  @ApiProperty({ minimum: 0, example: 1.4, description: 'Milliseconds until it answered, or was given up.' })
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
    description: 'By name; which there are depends on how Weir is run.',
    additionalProperties: { $ref: getSchemaPath(DependencyHealthDto) },
    example: { postgres: { status: 'ok', latency_ms: 1.4 } },
  })
  dependencies!: { [name: string]: DependencyHealthDto };
}
