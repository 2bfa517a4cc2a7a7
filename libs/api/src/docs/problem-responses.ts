import { problems, type ProblemCode } from '../http/problems.js';
import { problemExample } from './problem-examples.js';

export const problemType = 'application/problem+json';
export const problemSchema = { $ref: '#/components/schemas/Problem' };

export interface ProblemResponse {
  description: string;
  content: { [problemType]: { schema: typeof problemSchema; examples: { [code: string]: { value: unknown } } } };
}

/** One answer a status, in which each code has its example. */
export function problemResponses(codes: readonly ProblemCode[]): { readonly [status: string]: ProblemResponse } {
  const all = [...new Set(codes)];
  const statuses = [...new Set(all.map((code) => problems[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [String(status), problemResponse(all.filter((code) => problems[code].status === status))]),
  );
}

function problemResponse(codes: readonly ProblemCode[]): ProblemResponse {
  const examples = codes.map((code) => [code, { summary: problems[code].title, value: problemExample(code) }] as const);
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
    content: { [problemType]: { schema: problemSchema, examples: Object.fromEntries(examples) } },
  };
}
