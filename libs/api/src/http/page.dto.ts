import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { Text, WholeNumber } from './fields.js';

const mostOnPage = 1000;

/** How all lists with pages are asked for. */
export abstract class PageQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: mostOnPage,
    default: 100,
    description: 'Entries of a page, at most.',
  })
  @IsOptional()
  @WholeNumber(1, mostOnPage)
  limit: number = 100;

  @ApiPropertyOptional({
    example: 'eyJuIjo0MSwiZiI6IlozeEQwcWRWOWFibSJ9',
    description: 'The `next_cursor` of the page before, with the same filters.',
  })
  @IsOptional()
  @Text()
  cursor?: string;
}

/** What all lists share. */
export abstract class ListDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Gets the next page, given back as `cursor`; null on the last.',
  })
  next_cursor!: string | null;
}
