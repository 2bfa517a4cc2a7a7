import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, ApiSchema } from '@nestjs/swagger';
import { problems, type ProblemCode } from '../http/problems.js';
import { problemResponses } from './problem-responses.js';

@ApiSchema({ name: 'FieldError' })
export class FieldErrorDto {
  @ApiProperty({ example: 'from', description: 'The parameter or field at fault.' })
  field!: string;

  @ApiProperty({
    example: 'must be a day that exists, as YYYY-MM-DD',
    description: 'What is wrong with it; reads on after its name.',
  })
  message!: string;
}

@ApiSchema({ name: 'Problem' })
export class ProblemDto {
  @ApiProperty({ example: 'urn:weir:problem:validation_failed', description: 'The code as a URI.' })
  type!: string;

  @ApiProperty({ example: 'A parameter or field is wrong', description: 'What the code means, for people.' })
  title!: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, example: 400, description: 'The status of the answer.' })
  status!: number;

  @ApiProperty({ example: 'from must be a day that exists, as YYYY-MM-DD.', description: 'What is wrong, for people.' })
  detail!: string;

  @ApiProperty({
    enum: Object.keys(problems),
    example: 'validation_failed',
    description: 'What is wrong, for programs; stable.',
  })
  code!: string;

  @ApiProperty({ example: '0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f', description: 'Names the request in the log.' })
  request_id!: string;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'Where fields are at fault, each of them.' })
  errors?: FieldErrorDto[];
}

/** Errors that each route can answer with that needs a key with a scope. */
export const problemsOfScopedRoutes = [
  'validation_failed',
  'missing_api_key',
  'invalid_api_key',
  'missing_scope',
  'too_many_requests',
  'dependency_unavailable',
] as const;

/** Documents the errors of a route beside those that every route has (see `complete-document.ts`). */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...Object.entries(problemResponses(codes)).map(([status, response]) =>
      ApiResponse({ status: Number(status), ...response }),
    ),
  );
}
