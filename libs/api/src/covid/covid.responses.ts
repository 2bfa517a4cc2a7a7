import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { csvExample, incidenceExamples, ndjsonExample } from './covid.examples.js';
import { IncidencePageDto } from './covid.dto.js';

const caching = {
  ETag: {
    description: 'Names the answer; changes only when the data does. Send it back as If-None-Match.',
    schema: { type: 'string', example: 'W/"Zq1Vw0Y0n6sCwCj4Q0J3lX5yqk1oGx5jz3b2m0c7d9E"' },
    required: true,
  },
  'Cache-Control': {
    description: 'Keep it, but ask each time whether it still holds.',
    schema: { type: 'string', example: 'private, no-cache' },
    required: true,
  },
} as const;

const nextCursor = {
  description: 'Of CSV and NDJSON with `limit`: gets the next page. Absent on the last.',
  schema: { type: 'string', example: 'eyJzIjoxLCJyIjoiWEEtMDEiLCJkIjoiMjAyMy0wNS0xNSIsImYiOiJaM3hEMHFkVjlhYm0ifQ' },
} as const;

/** 304, as every route of the figures has it. */
function NotModified(): MethodDecorator {
  return ApiResponse({
    status: 304,
    description: 'The data has not changed since the answer with this ETag: no body.',
    headers: caching,
  });
}

/** Documents an answer of JSON alone. */
export function ApiFigures(page: new () => object, description: string, example: object): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(page),
    ApiResponse({
      status: 200,
      description,
      headers: caching,
      content: { 'application/json': { schema: { $ref: getSchemaPath(page) }, example } },
    }),
    NotModified(),
  );
}

/** Documents an answer in the three formats. */
export function ApiIncidence(): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(IncidencePageDto),
    ApiResponse({
      status: 200,
      description: 'Figures. In CSV null is empty and `filled` is joined by `|`; NDJSON has one row a line.',
      headers: { ...caching, 'X-Next-Cursor': nextCursor },
      content: {
        'application/json': { schema: { $ref: getSchemaPath(IncidencePageDto) }, examples: incidenceExamples },
        'text/csv': { schema: { type: 'string' }, example: csvExample },
        'application/x-ndjson': { schema: { type: 'string' }, example: ndjsonExample },
      },
    }),
    NotModified(),
  );
}
