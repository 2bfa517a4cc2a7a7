import { ApiProperty } from '@nestjs/swagger';

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
