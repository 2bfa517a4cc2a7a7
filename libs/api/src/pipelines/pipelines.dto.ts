import { ApiProperty, ApiSchema, type ApiPropertyOptions } from '@nestjs/swagger';
import type { BranchView, FileProblem, Page, PipelineStatus, PipelineView } from '@weir/operations';
import { ListDto } from '../http/page.dto.js';
import { branches, RunDto } from '../runs/runs.dto.js';

const nextRun = {
  type: String,
  format: 'date-time',
  nullable: true,
  example: '2026-11-20T23:15:00.000Z',
  description: 'When its schedule comes next, in UTC; null without a schedule.',
} as const;
const lastRun = {
  type: RunDto,
  nullable: true,
  description: 'The newest run that has ended; null where none has.',
} as const;

@ApiSchema({ name: 'PipelineProblem' })
class FileProblemDto implements FileProblem {
  @ApiProperty({ type: 'integer', minimum: 1, example: 12, description: 'Line of its file, from 1.' })
  line!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 5, description: 'Column, from 1.' })
  column!: number;

  @ApiProperty({ example: 'unknown_key', description: 'What is wrong, for programs; stable.' })
  code!: string;

  @ApiProperty({ example: 'branches.update.source.uri: unknown key', description: 'What is wrong, for people.' })
  message!: string;

  @ApiProperty({ example: 'one of type, url, table, columns', description: 'What would be right.' })
  expected!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'did you mean url?',
    description: 'What to do; null where nothing near enough is known.',
  })
  hint!: string | null;
}

const problems: ApiPropertyOptions = {
  type: [FileProblemDto],
  description: 'What is wrong with its file, in the order of the file; empty where nothing is.',
};

@ApiSchema({ name: 'PipelineSchedule' })
class ScheduleDto {
  @ApiProperty({ example: '*/5 * * * *', description: 'Minute, hour, day of month, month, day of week.' })
  cron!: string;

  @ApiProperty({ enum: ['UTC'], description: 'Always UTC.' })
  timezone!: 'UTC';
}

@ApiSchema({ name: 'BranchSource' })
class BranchSourceDto {
  @ApiProperty({ example: 'csv', description: 'Its kind.' })
  type!: string;

  @ApiProperty({
    type: [String],
    example: ['sample/history/north.csv', 'sample/history/south.csv'],
    description: 'What it reads, 20 at most; empty where that cannot be told now, such as for files that are gone.',
  })
  names!: string[];

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    nullable: true,
    example: 2,
    description: 'How many files or pages it reads; null where that cannot be told now.',
  })
  count!: number | null;
}

@ApiSchema({ name: 'PipelineBranch' })
class BranchDto implements BranchView {
  @ApiProperty({ enum: branches, description: '`backfill` loads the history, `update` what is new.' })
  branch!: BranchView['branch'];

  @ApiProperty({ type: BranchSourceDto, description: 'Where its records come from.' })
  source!: BranchSourceDto;
}

@ApiSchema({ name: 'Pipeline' })
export class PipelineDto implements PipelineView {
  @ApiProperty({ example: 'covid', description: 'Its id: the name of its folder.' })
  pipeline_id!: string;

  @ApiProperty({ example: 'covid', description: 'Its name.' })
  name!: string;

  @ApiProperty({ example: 'Daily covid figures per region', description: 'What it is for; may be empty.' })
  description!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'covid',
    description: 'Under which name its rows are kept; null while its file has mistakes.',
  })
  dataset!: string | null;

  @ApiProperty({ example: 'backfill: csv, update: html', description: 'The kinds of its sources, by branch.' })
  source!: string;

  @ApiProperty({ example: 'incidence', description: 'Where its rows go.' })
  sink!: string;

  @ApiProperty({ type: ScheduleDto, nullable: true, description: 'Null where it runs only when it is told to.' })
  schedule!: ScheduleDto | null;

  @ApiProperty(nextRun)
  next_run!: string | null;

  @ApiProperty({ type: [BranchDto], description: 'Empty while its file has mistakes.' })
  branches!: BranchDto[];

  @ApiProperty({ enum: ['ok', 'invalid'], description: '`invalid`: its file has mistakes, and no run can begin.' })
  status!: PipelineView['status'];

  @ApiProperty(problems)
  problems!: FileProblemDto[];

  @ApiProperty(lastRun)
  last_run!: RunDto | null;
}

@ApiSchema({ name: 'PipelinePage' })
export class PipelinePageDto extends ListDto implements Page<PipelineView> {
  @ApiProperty({ type: [PipelineDto], description: 'All of them, by name.' })
  data!: PipelineDto[];
}

@ApiSchema({ name: 'PipelineStatus' })
export class PipelineStatusDto implements PipelineStatus {
  @ApiProperty({ example: 'covid', description: 'Its id.' })
  pipeline_id!: string;

  @ApiProperty({
    enum: ['running', 'queued', 'idle', 'invalid'],
    description: '`queued`: a run waits for its turn; `invalid`: its file has mistakes, and no run can begin.',
  })
  status!: PipelineStatus['status'];

  @ApiProperty({
    enum: ['loaded', 'missing', 'none', 'unknown'],
    description:
      'Whether its history is loaded, as its file says it now. `none`: it has none; `unknown`: its files or the store of the figures cannot be asked now.',
  })
  history!: PipelineStatus['history'];

  @ApiProperty({ type: RunDto, nullable: true, description: 'The run that is under way, or else waits; or null.' })
  current_run!: RunDto | null;

  @ApiProperty(lastRun)
  last_run!: RunDto | null;

  @ApiProperty({
    type: RunDto,
    nullable: true,
    description: 'The newest run that succeeded or found nothing new; null where none did.',
  })
  last_success!: RunDto | null;

  @ApiProperty(nextRun)
  next_run!: string | null;

  @ApiProperty(problems)
  problems!: FileProblemDto[];
}
