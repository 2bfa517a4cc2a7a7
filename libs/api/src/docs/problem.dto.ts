import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
  ApiSchema,
} from '@nestjs/swagger';
import { problem, problems, type ProblemCode } from '../http/problems.js';

@ApiSchema({ name: 'FieldError' })
export class FieldErrorDto {
  @ApiProperty({ example: 'from', description: 'The parameter or field at fault.' })
  field!: string;

  @ApiProperty({ example: 'must be a day that exists, as YYYY-MM-DD' })
  message!: string;
}

@ApiSchema({ name: 'Problem' })
export class ProblemDto {
  @ApiProperty({ example: 'urn:weir:problem:validation_failed' })
  type!: string;

  @ApiProperty({ example: 'A parameter or field is wrong' })
  title!: string;

  @ApiProperty({ example: 400 })
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

const requestId = '0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f';

/** Documents the errors of a route, one answer a status with an example for each code. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const all = [...codes, 'internal_error'] as const;
  const statuses = [...new Set(all.map((code) => problems[code].status))];
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) => {
      const ofStatus = all.filter((code) => problems[code].status === status);
      const examples = ofStatus.map((code) => [code, { value: problem(code, `${problems[code].title}.`, requestId) }]);
      return ApiResponse({
        status,
        description: ofStatus.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
        content: {
          'application/problem+json': {
            schema: { $ref: getSchemaPath(ProblemDto) },
            examples: Object.fromEntries(examples) as { [code: string]: { value: unknown } },
          },
        },
      });
    }),
  );
}
