import { ApiPropertyOptional, ApiSchema, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  answerFormats,
  bases,
  incidenceOrders,
  intervals,
  metrics,
  type AnswerFormat,
  type Basis,
  type IncidenceOrder,
  type IncidenceParameters,
  type Interval,
  type Metric,
} from '@weir/incidence';
import { IsOptional } from 'class-validator';
import { Day, OneOf, Text, Texts, WholeNumber } from '../http/fields.js';
import { AsOf, MetricNames } from './covid.fields.js';

const mostRows = 10_000;

/** A list in a query. How it is written is passed on to the document, though the types of the package do not know it. */
function ApiList(options: ApiPropertyOptions, written: 'repeated' | 'separated by commas'): PropertyDecorator {
  const how = { style: 'form', explode: written === 'repeated' };
  return ApiPropertyOptional({ ...options, ...how, type: 'array' } as ApiPropertyOptions);
}

function ApiRegions(): PropertyDecorator {
  const description = 'Code or exact name of a region; may be repeated. All regions without it.';
  return ApiList({ items: { type: 'string', minLength: 1 }, example: ['XA-01'], description }, 'repeated');
}

function ApiAsOf(): PropertyDecorator {
  return ApiPropertyOptional({
    anyOf: [
      { type: 'string', format: 'date', example: '2026-06-01' },
      { type: 'string', format: 'date-time', example: '2026-06-01T12:00:00Z' },
    ],
    description:
      'The data as it was then, before later loads and corrections: a timestamp (UTC without an offset; write the + of one ' +
      'as `%2B`; finer than a millisecond is cut off), or a day, which means its last millisecond. As it is now without it; ' +
      'empty where nothing was loaded yet.',
  });
}

@ApiSchema({ name: 'IncidenceQuery' })
export class IncidenceQueryDto {
  @ApiRegions()
  @IsOptional()
  @Texts()
  region?: string[];

  @ApiPropertyOptional({ type: String, format: 'date', example: '2023-05-01', description: 'First day, inclusive.' })
  @IsOptional()
  @Day()
  from?: string;

  @ApiPropertyOptional({ type: String, format: 'date', example: '2023-05-31', description: 'Last day, inclusive.' })
  @IsOptional()
  @Day()
  to?: string;

  @ApiList(
    {
      items: { type: 'string', enum: [...metrics] },
      minItems: 1,
      example: ['new_cases', 'new_deaths'],
      description: 'Which figures a row holds: names separated by commas, in any order. All without it.',
    },
    'separated by commas',
  )
  @IsOptional()
  @MetricNames()
  metrics?: Metric[];

  @ApiPropertyOptional({
    enum: bases,
    description:
      'Only days whose present figures came about so: `reported` for that day, or `spread`, an equal share of a published ' +
      'week. Both without it.',
  })
  @IsOptional()
  @OneOf(bases)
  basis?: Basis;

  @ApiPropertyOptional({
    enum: intervals,
    default: 'day',
    description:
      'What a row sums up. Weeks begin on Monday; weeks and months are clipped to `from` and `to`, and `days` says how many ' +
      'days were summed.',
  })
  @IsOptional()
  @OneOf(intervals)
  interval: Interval = 'day';

  @ApiAsOf()
  @IsOptional()
  @AsOf()
  as_of?: string;

  @ApiPropertyOptional({
    enum: incidenceOrders,
    default: 'date',
    description:
      '`date`: by day, then by region. `-date`: the latest day first. `region`: by region, then by day. `-region`: the last ' +
      'code first, its latest day first.',
  })
  @IsOptional()
  @OneOf(incidenceOrders)
  order: IncidenceOrder = 'date';

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: mostRows,
    example: 1000,
    description: 'Rows a page, at most. Without it 1000 in JSON; CSV and NDJSON then hold everything.',
  })
  @IsOptional()
  @WholeNumber(1, mostRows)
  limit?: number;

  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    description:
      'The `next_cursor` (or `X-Next-Cursor`) of the page before, with the same filters and order. Its pages show the state ' +
      'that the first one saw.',
  })
  @IsOptional()
  @Text()
  cursor?: string;

  @ApiPropertyOptional({
    enum: answerFormats,
    default: 'json',
    description: 'Wins over the Accept header, which decides without it.',
  })
  @IsOptional()
  @OneOf(answerFormats)
  format?: AnswerFormat;
}

@ApiSchema({ name: 'RegionsQuery' })
export class RegionsQueryDto {
  @ApiAsOf()
  @IsOptional()
  @AsOf()
  as_of?: string;
}

@ApiSchema({ name: 'SummaryQuery' })
export class SummaryQueryDto extends RegionsQueryDto {
  @ApiRegions()
  @IsOptional()
  @Texts()
  region?: string[];
}

/** The parameters as the service calls them. */
export function incidenceParameters({ region, as_of, format: _, ...rest }: IncidenceQueryDto): IncidenceParameters {
  return { ...rest, ...stateParameters({ region, as_of }) };
}

export function stateParameters({ region, as_of }: { region?: string[] | undefined; as_of?: string | undefined }): {
  readonly regions?: readonly string[];
  readonly asOf?: string;
} {
  return { ...(region && { regions: region }), ...(as_of !== undefined && { asOf: as_of }) };
}
