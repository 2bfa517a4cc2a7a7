import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  incidenceOrders,
  type IncidenceOrder,
  type IncidenceRow,
  type Page,
  type RegionSummary,
} from '@weir/incidence';
import { IsOptional } from 'class-validator';
import { Day, OneOf, Text, Texts, WholeNumber } from '../http/fields.js';

const mostRows = 10_000;

@ApiSchema({ name: 'IncidenceQuery' })
export class IncidenceQueryDto {
  @ApiPropertyOptional({
    type: [String],
    example: ['DEU'],
    description: 'Code or exact name of a region; may be repeated. All regions without it.',
  })
  @IsOptional()
  @Texts()
  region?: string[];

  @ApiPropertyOptional({ format: 'date', example: '2023-05-01', description: 'First day, inclusive.' })
  @IsOptional()
  @Day()
  from?: string;

  @ApiPropertyOptional({ format: 'date', example: '2023-05-31', description: 'Last day, inclusive.' })
  @IsOptional()
  @Day()
  to?: string;

  @ApiPropertyOptional({
    enum: incidenceOrders,
    default: 'date',
    description: '`-date` begins with the latest day, `-region` with the last code.',
  })
  @IsOptional()
  @OneOf(incidenceOrders)
  order: IncidenceOrder = 'date';

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: mostRows,
    default: 1000,
    description: 'Rows a page, at most.',
  })
  @IsOptional()
  @WholeNumber(1, mostRows)
  limit: number = 1000;

  @ApiPropertyOptional({ description: 'The `next_cursor` of the page before, with the same filters and order.' })
  @IsOptional()
  @Text()
  cursor?: string;
}

const persons = { type: Number, nullable: true, example: 12.142857142857142 } as const;

@ApiSchema({ name: 'IncidenceRow' })
export class IncidenceRowDto implements IncidenceRow {
  @ApiProperty({ example: 'DEU', description: 'Code.' })
  region!: string;

  @ApiProperty({ example: 'Germany' })
  region_name!: string;

  @ApiProperty({ format: 'date', example: '2023-05-16' })
  date!: string;

  @ApiProperty({
    ...persons,
    description: 'Persons on that day; never rounded, negative where a source corrected itself.',
  })
  new_cases!: number | null;

  @ApiProperty({ ...persons, description: 'Persons on that day.' })
  new_deaths!: number | null;

  @ApiProperty({ ...persons, description: 'Persons on that day.' })
  new_recovered!: number | null;

  @ApiProperty({ ...persons, description: 'Persons on that day.' })
  new_hospitalized!: number | null;

  @ApiProperty({
    enum: ['reported', 'spread'],
    description: '`reported` for that day, or an equal share of a week (`spread`).',
  })
  basis!: IncidenceRow['basis'];

  @ApiProperty({ type: [String], example: ['new_deaths'], description: 'Metrics carried forward from an earlier day.' })
  filled!: string[];

  @ApiProperty({ example: 'history.csv', description: 'File or page that the figures came from.' })
  source!: string;

  @ApiProperty({ description: 'The run that published the row.' })
  run_id!: string;

  @ApiProperty({ type: 'integer', example: 1042, description: 'Rises with every run that changes figures.' })
  revision!: number;
}

@ApiSchema({ name: 'Page' })
class PageDto {
  @ApiProperty({ type: String, nullable: true, description: 'Gets the next page; null on the last.' })
  next_cursor!: string | null;
}

@ApiSchema({ name: 'IncidencePage' })
export class IncidencePageDto extends PageDto implements Page<IncidenceRow> {
  @ApiProperty({ type: [IncidenceRowDto] })
  data!: IncidenceRowDto[];
}

@ApiSchema({ name: 'RegionSummary' })
export class RegionSummaryDto implements RegionSummary {
  @ApiProperty({ example: 'DEU', description: 'Code.' })
  region!: string;

  @ApiProperty({ example: 'Germany' })
  region_name!: string;

  @ApiProperty({ format: 'date', example: '2020-01-28', description: 'First day with figures.' })
  first_date!: string;

  @ApiProperty({ format: 'date', example: '2023-12-31', description: 'Last day with figures.' })
  last_date!: string;

  @ApiProperty({ type: 'integer', example: 1433, description: 'Days with figures.' })
  count!: number;
}

@ApiSchema({ name: 'RegionPage' })
export class RegionPageDto extends PageDto implements Page<RegionSummary> {
  @ApiProperty({ type: [RegionSummaryDto] })
  data!: RegionSummaryDto[];
}
