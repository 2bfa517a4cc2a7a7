import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { environmentVariables, variables } from './environment.js';

type Values = { [V in (typeof variables)[number] as V['name']]: z.output<V['schema']> };

/** Everything that can be set from outside: read once, whole, frozen. */
export interface Config {
  /** The project's folder: where `.env` is, and what relative paths are under. */
  readonly root: string;
  /** Absolute. */
  readonly home: string;
  /** Absolute. */
  readonly pipelines: string;
  readonly api: {
    readonly host: string;
    readonly port: number;
    readonly trustProxyHops: number;
    readonly bcryptCost: number;
    readonly rateLimits: { readonly key: number; readonly address: number; readonly account: number };
  };
  readonly engine: { readonly maxRetries: number; readonly backoffBase: number };
  readonly duckdb: { readonly memoryLimit: string; readonly threads: number };
  readonly log: { readonly level: Values['LOG_LEVEL']; readonly format: Values['LOG_FORMAT'] };
  /** Where the parts of the stack are; null where WEIR_MODE=embedded. */
  readonly stack: StackConfig | null;
  /** What `${NAME}` in a pipeline file stands for; undefined where it is unset or empty. */
  readonly variable: (name: string) => string | undefined;
}

export interface StackConfig {
  readonly databaseUrl: string;
  readonly clickhouse: {
    /** Of its HTTP interface. */
    readonly url: string;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly ssl: boolean;
    /** Null where the brokers want no login. */
    readonly login: {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    } | null;
    readonly partitions: number;
    readonly replication: number;
  };
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly taskQueue: string;
    readonly tls: boolean;
    /** Null where it wants none. */
    readonly apiKey: string | null;
  };
  readonly connectUrl: string;
  readonly keeper: { readonly url: string; readonly port: number };
  readonly worker: { readonly port: number; readonly concurrency: number; readonly batchSize: number };
}

/** Of a program that belongs to the stack. */
export type ConfigOfStack = Config & { readonly stack: StackConfig };

/** Every wrong variable at once, with what was expected. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly { readonly name: string; readonly value: string; readonly expected: string }[],
  ) {
    super(
      `The environment is not right:\n${problems.map(({ name, value, expected }) => `  ${name}=${JSON.stringify(value)}: expected ${expected}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment and the project's `.env`, which fills in what the environment does not say.
 * @throws ConfigError
 */
export function readConfig(root: string, environment: NodeJS.ProcessEnv = process.env): Config {
  const file = join(root, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const set = (name: string): string | undefined => environment[name] ?? fromFile[name];

  const problems: { name: string; value: string; expected: string }[] = [];
  const entries = variables.map((variable) => {
    const text: string = set(variable.name) ?? variable.default;
    const read = variable.schema.safeParse(text);
    if (!read.success) problems.push({ name: variable.name, value: text, expected: variable.expected });
    return [variable.name, read.data];
  });
  if ((set('WEIR_MODE') ?? '') === 'stack') {
    for (const { name, expected, ...rest } of environmentVariables) {
      if (rest.neededByStack && !set(name))
        problems.push({ name, value: '', expected: `${expected}: the stack needs it` });
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const values = Object.fromEntries(entries) as Values;

  return Object.freeze<Config>({
    root,
    home: resolve(root, values.WEIR_HOME),
    pipelines: resolve(root, values.PIPELINES),
    api: Object.freeze({
      host: values.HOST,
      port: values.PORT,
      trustProxyHops: values.TRUST_PROXY_HOPS,
      bcryptCost: values.BCRYPT_COST,
      rateLimits: Object.freeze({
        key: values.RATE_LIMIT_KEY,
        address: values.RATE_LIMIT_ADDRESS,
        account: values.RATE_LIMIT_ACCOUNT,
      }),
    }),
    engine: Object.freeze({ maxRetries: values.MAX_RETRIES, backoffBase: values.RETRY_BACKOFF_BASE }),
    duckdb: Object.freeze({ memoryLimit: values.DUCKDB_MEMORY, threads: values.DUCKDB_THREADS }),
    log: Object.freeze({ level: values.LOG_LEVEL, format: values.LOG_FORMAT }),
    stack: values.WEIR_MODE === 'stack' ? stackConfig(values) : null,
    variable: (name) => set(name) || undefined,
  });
}

function stackConfig(values: Values): StackConfig {
  return Object.freeze<StackConfig>({
    databaseUrl: values.DATABASE_URL,
    clickhouse: Object.freeze({
      url: urlOf(values.CLICKHOUSE_SSL, values.CLICKHOUSE_HOST, values.CLICKHOUSE_PORT),
      user: values.CLICKHOUSE_USER,
      password: values.CLICKHOUSE_PASSWORD,
      database: values.CLICKHOUSE_DATABASE,
    }),
    kafka: Object.freeze({
      brokers: Object.freeze(values.KAFKA_BROKERS.split(',')),
      ssl: values.KAFKA_SSL,
      login: values.KAFKA_SASL_MECHANISM
        ? Object.freeze({
            mechanism: values.KAFKA_SASL_MECHANISM,
            username: values.KAFKA_USERNAME,
            password: values.KAFKA_PASSWORD,
          })
        : null,
      partitions: values.KAFKA_PARTITIONS,
      replication: values.KAFKA_REPLICATION,
    }),
    temporal: Object.freeze({
      address: values.TEMPORAL_ADDRESS,
      namespace: values.TEMPORAL_NAMESPACE,
      taskQueue: values.TEMPORAL_TASK_QUEUE,
      tls: values.TEMPORAL_TLS,
      apiKey: values.TEMPORAL_API_KEY || null,
    }),
    connectUrl: values.CONNECT_URL.replace(/\/+$/, ''),
    keeper: Object.freeze({ url: values.KEEPER_URL.replace(/\/+$/, ''), port: values.KEEPER_PORT }),
    worker: Object.freeze({
      port: values.WORKER_PORT,
      concurrency: values.WORKER_CONCURRENCY,
      batchSize: values.BATCH_SIZE,
    }),
  });
}

function urlOf(ssl: boolean, host: string, port: number): string {
  return `${ssl ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
