import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { variables } from './environment.js';

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
  /** What `${NAME}` in a pipeline file stands for; undefined where it is unset or empty. */
  readonly variable: (name: string) => string | undefined;
}

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
    variable: (name) => set(name) || undefined,
  });
}
