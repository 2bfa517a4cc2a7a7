import { z } from 'zod';

/** A variable of the environment: how it is read, what it is without one, and what it means. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly schema: z.ZodType;
  /** As it would stand in `.env`. */
  readonly default: string;
  readonly expected: string;
  readonly about: string;
  /** It must be set where WEIR_MODE=stack. */
  readonly neededByStack?: true;
}

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to);

const oneOf = <T extends string>(...values: T[]) => z.enum(values as [T, ...T[]]);

const yesOrNo = oneOf('true', 'false').transform((text) => text === 'true');

const httpUrl = z.string().regex(/^https?:\/\/\S+$/);

function variable<Name extends string, Schema extends z.ZodType>(
  name: Name,
  schema: Schema,
  fallback: string,
  expected: string,
  about: string,
) {
  return { name, schema, default: fallback, expected, about };
}

/** A variable without which the stack cannot start: it has no default that could be right. */
function ofStack<Name extends string>(name: Name, pattern: RegExp, expected: string, about: string) {
  const empty = z.literal('');
  const schema = z.union([empty, z.string().regex(pattern)]);
  return { ...variable(name, schema, '', expected, `Stack: ${about}`), neededByStack: true as const };
}

const hostAndPort = String.raw`[^\s:,/]+:\d{1,5}`;

/** Every variable that Weir reads, in the order of `.env.example`, which is made from this list. */
export const variables = [
  variable(
    'WEIR_MODE',
    oneOf('embedded', 'stack'),
    'embedded',
    'embedded or stack',
    'embedded: everything in one process, with Node alone. stack: each part in a process of its own.',
  ),
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
    '128MB',
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
  ofStack(
    'DATABASE_URL',
    /^postgres(ql)?:\/\/\S+$/,
    'a URL, postgres://user:password@host:5432/database',
    'PostgreSQL.',
  ),
  ofStack('CLICKHOUSE_HOST', /^[^\s/]+$/, 'a host name or an address', 'ClickHouse.'),
  variable('CLICKHOUSE_PORT', wholeNumber(1, 65535), '8123', 'a port, 1 to 65535', "Stack: port of ClickHouse's HTTP."),
  variable('CLICKHOUSE_USER', z.string().min(1), 'default', 'a name', 'Stack: user of ClickHouse.'),
  variable('CLICKHOUSE_PASSWORD', z.string(), '', 'a password', 'Stack: its password.'),
  variable('CLICKHOUSE_SSL', yesOrNo, 'false', 'true or false', 'Stack: whether ClickHouse is spoken to over HTTPS.'),
  variable('CLICKHOUSE_DATABASE', z.string().min(1), 'weir', 'a name', 'Stack: database of the figures.'),
  ofStack(
    'KAFKA_BROKERS',
    new RegExp(`^${hostAndPort}(,${hostAndPort})*$`),
    'host:port, comma-separated',
    'brokers to begin with.',
  ),
  variable('KAFKA_SSL', yesOrNo, 'false', 'true or false', 'Stack: whether the brokers want TLS.'),
  variable(
    'KAFKA_SASL_MECHANISM',
    z.union([z.literal(''), oneOf('plain', 'scram-sha-256', 'scram-sha-512')]),
    '',
    'plain, scram-sha-256, scram-sha-512, or nothing',
    'Stack: how the brokers want a login; empty: none.',
  ),
  variable('KAFKA_USERNAME', z.string(), '', 'a name', 'Stack: user of the brokers, where they want a login.'),
  variable('KAFKA_PASSWORD', z.string(), '', 'a password', 'Stack: its password.'),
  variable(
    'KAFKA_PARTITIONS',
    wholeNumber(1, 1_000),
    '6',
    'a whole number, 1 to 1000',
    'Stack: partitions of the topic incidence, where it is made or has fewer: as many connector tasks can share it.',
  ),
  variable(
    'KAFKA_REPLICATION',
    wholeNumber(1, 15),
    '1',
    'a whole number, 1 to 15',
    'Stack: brokers that keep each record, where topics are made; 3 where there are three brokers.',
  ),
  ofStack('TEMPORAL_ADDRESS', new RegExp(`^${hostAndPort}$`), 'host:port', 'Temporal.'),
  variable('TEMPORAL_TLS', yesOrNo, 'false', 'true or false', 'Stack: whether Temporal wants TLS.'),
  variable(
    'TEMPORAL_API_KEY',
    z.string(),
    '',
    'a key',
    'Stack: API key of Temporal, where it wants one; it then needs TLS.',
  ),
  variable('TEMPORAL_NAMESPACE', z.string().min(1), 'default', 'a name', "Stack: Temporal's namespace."),
  variable('TEMPORAL_TASK_QUEUE', z.string().min(1), 'weir', 'a name', 'Stack: queue on which workers wait for work.'),
  variable('CONNECT_URL', httpUrl, 'http://localhost:8083', 'a URL', "Stack, keeper: Kafka Connect's REST API."),
  variable(
    'KEEPER_URL',
    httpUrl,
    'http://localhost:9400',
    'a URL',
    'Stack, API: the keeper, which knows how the sink is.',
  ),
  variable('KEEPER_PORT', wholeNumber(0, 65535), '9400', 'a port', 'Stack, keeper: port of its health and metrics.'),
  variable(
    'WORKER_PORT',
    wholeNumber(0, 65535),
    '9401',
    'a port, 0 to 65535 (0: any free one)',
    'Stack, worker: port of its health and metrics.',
  ),
  variable(
    'WORKER_CONCURRENCY',
    wholeNumber(1, 100),
    '4',
    'a whole number, 1 to 100',
    'Stack, worker: steps that it executes at the same time.',
  ),
  variable(
    'BATCH_SIZE',
    wholeNumber(1, 100_000),
    '10000',
    'a whole number, 1 to 100000',
    'Stack, worker: records of a batch on their way to the topic.',
  ),
] as const;

export const environmentVariables: readonly EnvironmentVariable[] = variables;
