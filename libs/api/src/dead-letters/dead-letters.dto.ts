import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { letterStates, type LetterState, type Page, type PublicDeadLetter } from '@weir/operations';
import { IsOptional } from 'class-validator';
import { OneOf } from '../http/fields.js';
import { ListDto, PageQueryDto } from '../http/page.dto.js';

@ApiSchema({ name: 'DeadLettersQuery' })
export class DeadLettersQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    enum: letterStates,
    default: 'waiting',
    description: '`waiting`: those that nobody has published once more yet; `replayed`: those that somebody has.',
  })
  @IsOptional()
  @OneOf(letterStates)
  state: LetterState = 'waiting';
}

@ApiSchema({ name: 'DeadLetterOrigin' })
class OriginDto {
  @ApiProperty({ example: 'incidence.retry', description: 'Its topic.' })
  topic!: string;

  @ApiProperty({ type: 'integer', minimum: 0, example: 0, description: 'Its partition.' })
  partition!: number;

  @ApiProperty({ example: '4711', description: 'Its place there.' })
  offset!: string;
}

@ApiSchema({ name: 'DeadLetterRow' })
class RowDto {
  @ApiProperty({ example: 'covid', description: 'Under which name it was to be kept.' })
  dataset!: string;

  @ApiProperty({ example: 'XA-01', description: 'Its region.' })
  region!: string;

  @ApiProperty({ example: '2023-05-16', description: 'Its day.' })
  date!: string;

  @ApiProperty({ example: '5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f', description: 'The run that published it.' })
  run_id!: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1042, description: 'The revision that it bears.' })
  revision!: number;
}

@ApiSchema({ name: 'DeadLetter' })
class DeadLetterDto implements PublicDeadLetter {
  @ApiProperty({ example: '0-17', description: 'Its id: its place in the topic of dead letters.' })
  letter_id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T23:14:09.480Z', description: 'When, in UTC.' })
  refused_at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'When it was last published once more, in UTC; null while it waits.',
  })
  replayed_at!: string | null;

  @ApiProperty({
    example: 'Cannot parse string "many" as Float64: while executing input format JSONEachRow',
    description: 'What the sink said, without paths and secrets.',
  })
  reason!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'com.clickhouse.client.api.ServerException',
    description: "Kind of the sink's error; null where it named none.",
  })
  error_class!: string | null;

  @ApiProperty({ type: OriginDto, nullable: true, description: 'Where it was when it was refused.' })
  origin!: OriginDto | null;

  @ApiProperty({ type: String, nullable: true, example: 'XA-01', description: 'Its key in the topic.' })
  key!: string | null;

  @ApiProperty({ type: RowDto, nullable: true, description: 'Which row it is; null where its value cannot be read.' })
  row!: RowDto | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example:
      '{"dataset":"covid","region":"XA-01","date":"2023-05-16","new_cases":"many","run_id":"5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f","revision":1042}',
    description: 'The record as it travelled, its first 4,000 characters: JSON, unless that is what is wrong with it.',
  })
  value!: string | null;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    nullable: true,
    example: 141,
    description: 'Characters of the whole value; null where there is none.',
  })
  value_length!: number | null;
}

@ApiSchema({ name: 'DeadLetterPage' })
export class DeadLetterPageDto extends ListDto implements Page<PublicDeadLetter> {
  @ApiProperty({ type: [DeadLetterDto], description: 'The oldest first.' })
  data!: DeadLetterDto[];
}
