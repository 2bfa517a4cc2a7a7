import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  bases,
  metrics,
  type Basis,
  type Figures,
  type IncidenceRow,
  type Metric,
  type Page,
  type RegionFigures,
  type RegionSummary,
} from '@weir/incidence';

const persons = { type: Number, nullable: true, example: 12.142857142857142 } as const;
const code = { example: 'XA-01', description: 'Code of the region.' } as const;
const filled = { enum: metrics, isArray: true as const, example: ['new_deaths'] };

@ApiSchema({ name: 'IncidenceRow' })
export class IncidenceRowDto implements IncidenceRow {
  @ApiProperty(code)
  region!: string;

  @ApiProperty({ example: 'Northmarch (synthetic)', description: 'Of a week or month: the name on its last day.' })
  region_name!: string;

  @ApiProperty({
    format: 'date',
    example: '2023-05-16',
    description: 'Of a week or month its first day, even where that lies before `from`.',
  })
  date!: string;

  @ApiPropertyOptional({
    ...persons,
    description:
      'Persons that day, or in all of the interval’s days; never rounded, negative where a source corrected itself; null ' +
      'where it is not known. Absent where `metrics` does not name it.',
  })
  new_cases?: number | null;

  @ApiPropertyOptional({ ...persons, description: 'Persons, as `new_cases`.' })
  new_deaths?: number | null;

  @ApiPropertyOptional({ ...persons, description: 'Persons, as `new_cases`.' })
  new_recovered?: number | null;

  @ApiPropertyOptional({ ...persons, description: 'Persons, as `new_cases`.' })
  new_hospitalized?: number | null;

  @ApiProperty({
    enum: [...bases, 'mixed'],
    description:
      '`reported` for that day, or an equal share of a published week (`spread`); `mixed` where the days of a week or month ' +
      'differ.',
  })
  basis!: IncidenceRow['basis'];

  @ApiProperty({ ...filled, description: 'Metrics that were carried forward from an earlier day, on any day of it.' })
  filled!: Metric[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'sample/history/daily.csv',
    description: 'File or page that the figures came from; null of a week or month.',
  })
  source!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11',
    description: 'The run that published the row; null of a week or month.',
  })
  run_id!: string | null;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    example: 1042,
    description: 'Rises with every run that changes figures; of a week or month the highest of its days.',
  })
  revision!: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    example: 7,
    description: 'Days that were summed up. Only with `interval=week` or `month`.',
  })
  days?: number;
}

@ApiSchema({ name: 'Page' })
class PageDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Gets the next page; null on the last.',
  })
  next_cursor!: string | null;
}

@ApiSchema({ name: 'IncidencePage' })
export class IncidencePageDto extends PageDto implements Page<IncidenceRow> {
  @ApiProperty({ type: [IncidenceRowDto], description: 'Rows in the order asked for.' })
  data!: IncidenceRowDto[];
}

@ApiSchema({ name: 'RegionSummary' })
export class RegionSummaryDto implements RegionSummary {
  @ApiProperty(code)
  region!: string;

  @ApiProperty({ example: 'Northmarch (synthetic)', description: 'Its name on its last day.' })
  region_name!: string;

  @ApiProperty({ format: 'date', example: '2020-03-01', description: 'First day with figures.' })
  first_date!: string;

  @ApiProperty({ format: 'date', example: '2024-01-07', description: 'Last day with figures.' })
  last_date!: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1408, description: 'Days with figures.' })
  count!: number;
}

@ApiSchema({ name: 'RegionPage' })
export class RegionPageDto extends PageDto implements Page<RegionSummary> {
  @ApiProperty({ type: [RegionSummaryDto], description: 'All regions, by code.' })
  data!: RegionSummaryDto[];
}

const figure = { type: Number, nullable: true, example: 28 } as const;

@ApiSchema({ name: 'Figures' })
class FiguresDto implements Required<Figures> {
  @ApiProperty({ ...figure, description: 'Of new cases; null where it is not known.' })
  new_cases!: number | null;

  @ApiProperty({ ...figure, description: 'Of new deaths; null where it is not known.' })
  new_deaths!: number | null;

  @ApiProperty({ ...figure, description: 'Of new recoveries; null where it is not known.' })
  new_recovered!: number | null;

  @ApiProperty({ ...figure, description: 'Of new hospitalisations; null where it is not known.' })
  new_hospitalized!: number | null;
}

@ApiSchema({ name: 'RegionFigures' })
export class RegionFiguresDto implements RegionFigures {
  @ApiProperty(code)
  region!: string;

  @ApiProperty({ example: 'Northmarch (synthetic)', description: 'Its name on its last day.' })
  region_name!: string;

  @ApiProperty({ format: 'date', example: '2024-01-07', description: 'The last day with figures.' })
  latest_date!: string;

  @ApiProperty({ type: FiguresDto, description: 'Persons on that day.' })
  latest!: FiguresDto;

  @ApiProperty({ enum: bases, description: 'How the figures of that day came about.' })
  basis!: Basis;

  @ApiProperty({ ...filled, description: 'Metrics of that day that were carried forward from an earlier one.' })
  filled!: Metric[];

  @ApiProperty({ type: FiguresDto, description: 'Persons on all days; null where every day is null.' })
  totals!: FiguresDto;

  @ApiProperty({ type: FiguresDto, description: 'Persons in the seven days that end on the latest.' })
  seven_days!: FiguresDto;

  @ApiProperty({ type: FiguresDto, description: 'Persons in the seven days before those.' })
  seven_days_before!: FiguresDto;

  @ApiProperty({
    type: FiguresDto,
    description:
      '`seven_days / seven_days_before - 1`, a share: 0.25 is a quarter more than the week before; null where either is ' +
      'null or the latter is not positive.',
  })
  change!: FiguresDto;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1408, description: 'Days with figures.' })
  days!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1042, description: 'The highest of all its rows.' })
  revision!: number;
}

@ApiSchema({ name: 'SummaryPage' })
export class SummaryPageDto extends PageDto implements Page<RegionFigures> {
  @ApiProperty({ type: [RegionFiguresDto], description: 'One for each region, by code.' })
  data!: RegionFiguresDto[];
}
