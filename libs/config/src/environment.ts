import { z } from 'zod';

/** A variable of the environment: how it is read, what it is without one, and what it means. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly schema: z.ZodType;
  /** As it would stand in `.env`. */
  readonly default: string;
  readonly expected: string;
  readonly about: string;
}

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to);

const oneOf = <T extends string>(...values: T[]) => z.enum(values as [T, ...T[]]);

function variable<Name extends string, Schema extends z.ZodType>(
  name: Name,
  schema: Schema,
  fallback: string,
  expected: string,
  about: string,
) {
  return { name, schema, default: fallback, expected, about };
}

/** Every variable that Weir reads, in the order of `.env.example`, which is made from this list. */
export const variables = [
  variable('WEIR_MODE', oneOf('embedded'), 'embedded', 'embedded', 'Everything in one process, with Node alone.'),
  variable('PORT', wholeNumber(0, 65535), '8000', 'a port, 0 to 65535 (0: any free one)', 'Port of the API.'),
  variable('HOST', z.string().min(1), '127.0.0.1', 'an address or a host name', 'Address on which the API listens.'),
  variable(
    'WEIR_HOME',
    z.string().min(1),
    '.weir',
    'a folder',
    'Where all state lives; under the project folder unless absolute.',
  ),
  variable(
    'PIPELINES',
    z.string().min(1),
    'pipelines',
    'a folder',
    'Where the pipelines are; under the project folder unless absolute.',
  ),
  variable(
    'COVID_HISTORY',
    z.string(),
    '',
    'paths, globs or URLs, comma-separated',
    'The history of the pipeline covid; empty: its sample.',
  ),
  variable('COVID_PAGE_URL', z.string(), '', 'a URL or a path', 'The page of the pipeline covid; empty: its sample.'),
  variable('MAX_RETRIES', wholeNumber(0, 100), '3', 'a whole number, 0 to 100', 'Tries of a step after the first.'),
  variable(
    'RETRY_BACKOFF_BASE',
    z
      .string()
      .regex(/^\d{1,3}(\.\d+)?$/)
      .transform(Number)
      .refine((value) => value >= 1 && value <= 100),
    '2.0',
    'a number, 1 to 100',
    'Seconds before the nth retry: this to the power of n - 1, a minute at most.',
  ),
  variable(
    'LOG_LEVEL',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'trace, debug, info, warn, error or silent',
    'What is logged.',
  ),
  variable(
    'LOG_FORMAT',
    oneOf('json', 'text', 'console'),
    'console',
    'json, text or console',
    'How it is logged: JSON lines, plain lines, or coloured ones.',
  ),
  variable(
    'DUCKDB_MEMORY',
    z.string().regex(/^[1-9]\d{0,6}(MB|GB)$/),
    '512MB',
    'a size such as 512MB or 2GB',
    'Memory of the transforms; beyond it they spill to WEIR_HOME.',
  ),
  variable('DUCKDB_THREADS', wholeNumber(1, 256), '2', 'a whole number, 1 to 256', 'Threads of the transforms.'),
  variable(
    'BCRYPT_COST',
    wholeNumber(4, 16),
    '12',
    'a whole number, 4 to 16',
    'Cost of a password hash: one more doubles the work.',
  ),
  variable(
    'RATE_LIMIT_KEY',
    wholeNumber(0, 1_000_000),
    '600',
    'a whole number, 0 is off',
    'Requests a minute per API key.',
  ),
  variable(
    'RATE_LIMIT_ADDRESS',
    wholeNumber(0, 1_000_000),
    '30',
    'a whole number, 0 is off',
    'Registrations and reissues a minute per address.',
  ),
  variable(
    'RATE_LIMIT_ACCOUNT',
    wholeNumber(0, 1_000_000),
    '10',
    'a whole number, 0 is off',
    'Registrations and reissues a minute per account.',
  ),
  variable(
    'TRUST_PROXY_HOPS',
    wholeNumber(0, 10),
    '0',
    'a whole number, 0 to 10',
    'Proxies in front of the API whose X-Forwarded-For is believed.',
  ),
] as const;

export const environmentVariables: readonly EnvironmentVariable[] = variables;
