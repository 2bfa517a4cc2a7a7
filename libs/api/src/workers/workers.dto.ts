import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Page, Worker } from '@weir/operations';
import { ListDto } from '../http/page.dto.js';

@ApiSchema({ name: 'RunningStep' })
class RunningStepDto {
  @ApiProperty({ format: 'uuid', example: '5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f', description: 'Its run.' })
  run_id!: string;

  @ApiProperty({ example: 'covid', description: "The run's pipeline." })
  pipeline!: string;

  @ApiProperty({ example: 'transform', description: 'Its name.' })
  step!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-20T23:14:05.300Z',
    description: 'When this try began, in UTC.',
  })
  since!: string;
}

@ApiSchema({ name: 'Worker' })
export class WorkerDto implements Worker {
  @ApiProperty({ example: 'gauge-4711', description: 'Its id: host and process.' })
  worker_id!: string;

  @ApiProperty({
    enum: ['inline', 'temporal'],
    description: '`inline`: in the process that serves the API; `temporal`: a process of its own, fed by Temporal.',
  })
  engine!: Worker['engine'];

  @ApiProperty({ example: 'inline', description: 'What it takes its steps from.' })
  queue!: string;

  @ApiProperty({ example: 'gauge', description: 'Name of its machine.' })
  host!: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 4711, description: 'Its process there.' })
  pid!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T22:00:00.000Z', description: 'UTC.' })
  started_at!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-20T23:14:06.000Z',
    description: 'When it last showed, in UTC.',
  })
  last_seen!: string;

  @ApiProperty({
    enum: ['idle', 'busy'],
    description: '`busy`: it executes a step; embedded, also while a run waits for its turn, or for its next try.',
  })
  status!: Worker['status'];

  @ApiProperty({ type: [RunningStepDto], description: 'The steps that it executes now, the oldest first.' })
  running!: RunningStepDto[];

  @ApiProperty({ type: 'integer', minimum: 0, example: 412, description: 'Steps that ended well since it started.' })
  finished!: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    example: 3,
    description: 'Tries of steps that failed since it started, those that were repeated included.',
  })
  failed!: number;
}

@ApiSchema({ name: 'WorkerPage' })
export class WorkerPageDto extends ListDto implements Page<Worker> {
  @ApiProperty({ type: [WorkerDto], description: 'All that were seen within the last minute.' })
  data!: WorkerDto[];
}
