import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  artefactKinds,
  type Artefact,
  type Page,
  type Reject,
  type Run,
  type RunReport,
  type TaskReport,
} from '@weir/operations';
import { IsOptional } from 'class-validator';
import { OneOf, Text } from '../http/fields.js';
import { ListDto, PageQueryDto } from '../http/page.dto.js';

export const branches = ['backfill', 'update'] as const;
const statuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'nothing_new'] as const;
const time = { type: String, format: 'date-time', nullable: true } as const;
const rows = { type: 'integer', minimum: 0 } as const;

@ApiSchema({ name: 'RunsQuery' })
export class RunsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    example: 'covid',
    minLength: 1,
    description: 'Runs of this pipeline only, whether or not it is still there.',
  })
  @IsOptional()
  @Text()
  pipeline?: string;

  @ApiPropertyOptional({ enum: branches, description: 'Runs of this branch only.' })
  @IsOptional()
  @OneOf(branches)
  branch?: (typeof branches)[number];

  @ApiPropertyOptional({ enum: statuses, description: 'Runs that are in this state now.' })
  @IsOptional()
  @OneOf(statuses)
  status?: (typeof statuses)[number];
}

@ApiSchema({ name: 'RejectsQuery' })
export class RejectsQueryDto extends PageQueryDto {}

@ApiSchema({ name: 'RunCounts' })
class CountsDto {
  @ApiProperty({ ...rows, example: 16708, description: 'Records that the source gave.' })
  extracted!: number;

  @ApiProperty({ ...rows, example: 0, description: 'Records or rows left out, each with a reason.' })
  rejected!: number;

  @ApiProperty({ ...rows, example: 19466, description: 'Rows published, withdrawals included.' })
  published!: number;
}

@ApiSchema({ name: 'RunWarning' })
class WarningDto {
  @ApiProperty({ example: 'duplicate_rows', description: 'What is meant, for programs; stable.' })
  code!: string;

  @ApiProperty({
    example: 'rows that stand twice in north.csv, counted once',
    description: 'Reads on after the count.',
  })
  message!: string;

  @ApiProperty({ ...rows, example: 4, description: 'How often.' })
  count!: number;
}

@ApiSchema({ name: 'RunFailure' })
class FailureDto {
  @ApiProperty({ example: 'table_not_found', description: 'What went wrong, for programs; stable.' })
  code!: string;

  @ApiProperty({
    example: 'page.html: expected a table at ".figures", found none; if the page has changed, adapt table.selector',
    description: 'What went wrong, for people; without paths, secrets and SQL.',
  })
  message!: string;
}

@ApiSchema({ name: 'Run' })
export class RunDto implements Run {
  @ApiProperty({ format: 'uuid', example: '5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f', description: 'Its id.' })
  run_id!: string;

  @ApiProperty({ example: 'covid', description: 'Name of the pipeline.' })
  pipeline!: string;

  @ApiProperty({ type: String, enum: branches, nullable: true, description: 'Null until the run has decided.' })
  branch!: Run['branch'];

  @ApiProperty({
    enum: statuses,
    description: '`nothing_new`: the source shows only what is stored. A run that was killed goes on after a restart.',
  })
  status!: Run['status'];

  @ApiProperty({ ...time, example: '2026-11-20T23:14:05.120Z', description: 'UTC; null while it is queued.' })
  started_at!: string | null;

  @ApiProperty({ ...time, example: '2026-11-20T23:14:09.480Z', description: 'UTC; null until it has ended.' })
  finished_at!: string | null;

  @ApiProperty({ type: CountsDto, description: 'Rows that went through it; zeros until it has ended.' })
  counts!: CountsDto;

  @ApiProperty({ type: [WarningDto], description: 'What was put right on the way.' })
  warnings!: WarningDto[];

  @ApiProperty({ type: FailureDto, nullable: true, description: 'Why it failed; null where it did not.' })
  error!: FailureDto | null;
}

@ApiSchema({ name: 'RunPage' })
export class RunPageDto extends ListDto implements Page<Run> {
  @ApiProperty({ type: [RunDto], description: 'Newest first.' })
  data!: RunDto[];
}

@ApiSchema({ name: 'RunTask' })
class TaskReportDto implements TaskReport {
  @ApiProperty({ format: 'uuid', example: '0d1f7f52-2b86-4a53-8f0e-5b8a2f3c6e11', description: 'Its id.' })
  task_id!: string;

  @ApiProperty({ example: 'transform', description: 'The step of the run.' })
  name!: string;

  @ApiProperty({ enum: ['running', 'succeeded', 'failed'], description: 'Of its latest try.' })
  status!: TaskReport['status'];

  @ApiProperty({ type: 'integer', minimum: 1, example: 1, description: 'Tries, the first included.' })
  attempts!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T23:14:05.300Z', description: 'UTC, of its first try.' })
  started_at!: string;

  @ApiProperty({ ...time, example: '2026-11-20T23:14:07.050Z', description: 'UTC; null while it goes on.' })
  finished_at!: string | null;

  @ApiProperty({
    type: Number,
    minimum: 0,
    nullable: true,
    example: 1.75,
    description: 'Seconds from the beginning of its first try to its end; null while it goes on.',
  })
  seconds!: number | null;

  @ApiProperty({
    ...rows,
    nullable: true,
    example: 19466,
    description:
      'Rows: of `transform` those it made, of `compare_with_stored` those that differ, of `load_data` those it published. Null for other steps.',
  })
  rows!: number | null;

  @ApiProperty({ type: FailureDto, nullable: true, description: 'Of its latest try; null where that did not fail.' })
  error!: FailureDto | null;
}

@ApiSchema({ name: 'RunReport' })
export class RunReportDto extends RunDto implements RunReport {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    nullable: true,
    example: 1042,
    description: 'The revision that its rows bear; null while it has published none.',
  })
  revision!: number | null;

  @ApiProperty({ type: [TaskReportDto], description: 'Its steps, in the order in which they began.' })
  tasks!: TaskReportDto[];
}

@ApiSchema({ name: 'Artefact' })
class ArtefactDto implements Artefact {
  @ApiProperty({ example: 'raw/001-north.csv', description: "Its name in the run's folder." })
  file!: string;

  @ApiProperty({
    enum: artefactKinds,
    description:
      '`raw`: landed as it was fetched; `manifest`: what was landed; `plan`: what the pipeline file said; `rows`: after the transforms; `rejects`: left out, with reasons; `state`: what was stored before; `changes`: what was published; `report`: what a step gave.',
  })
  kind!: Artefact['kind'];

  @ApiProperty({ type: 'integer', minimum: 0, example: 48213, description: 'Its size in bytes.' })
  bytes!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'sample/history/north.csv',
    description: 'Of landed files: what the source calls it. Null for others.',
  })
  name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'Of landed files: SHA-256 of the bytes, in hex.',
  })
  sha256!: string | null;

  @ApiProperty({ ...time, example: '2026-11-20T23:14:05.410Z', description: 'Of landed files: when, in UTC.' })
  fetched_at!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'text/csv',
    description: 'Of landed files: what the server said they are; null where nobody said anything.',
  })
  content_type!: string | null;
}

@ApiSchema({ name: 'ArtefactPage' })
export class ArtefactPageDto extends ListDto implements Page<Artefact> {
  @ApiProperty({ type: [ArtefactDto], description: 'All files of the run, in order of name.' })
  data!: ArtefactDto[];
}

@ApiSchema({ name: 'Reject' })
class RejectDto implements Reject {
  @ApiProperty({ example: 'sample/history/north.csv', description: 'What the source calls the file.' })
  file!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 17, description: 'Line or row of the file, from 1.' })
  row!: number | null;

  @ApiProperty({ example: 'invalid_figure', description: 'Why it was left out, for programs; stable.' })
  code!: string;

  @ApiProperty({ example: 'new_cases: "n/a" is no figure', description: 'Why it was left out, for people.' })
  reason!: string;

  @ApiProperty({
    nullable: true,
    example: { region: 'Alder', date: '2023-05-14', new_cases: 'n/a' },
    description: 'The row as it was read: its columns with their texts.',
  })
  record!: unknown;
}

@ApiSchema({ name: 'RejectPage' })
export class RejectPageDto extends ListDto implements Page<Reject> {
  @ApiProperty({ type: [RejectDto], description: 'In order of file and row.' })
  data!: RejectDto[];
}
