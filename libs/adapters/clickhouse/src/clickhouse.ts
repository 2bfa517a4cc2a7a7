import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { WeirError } from '@weir/pipeline';

export type { ClickHouseClient };

/** How the system talks to ClickHouse: over HTTP, or (embedded) through a connection to an engine in this process. */
export type ClickHouseSettings = Parameters<typeof createClient>[0];

/**
 * A client whose sessions speak UTC and whose doubles come back as they went in. It writes nothing to the console: what
 * fails is thrown, and logged with everything else.
 */
export function connectClickHouse(settings: ClickHouseSettings): ClickHouseClient {
  return createClient({ ...settings, log: { level: ClickHouseLogLevel.OFF } });
}

/** ClickHouse's codes for: cannot connect, network, too many queries at once, time-outs, memory, table read-only, shutting down. */
const PASSING = new Set(['159', '202', '203', '209', '210', '241', '242', '319', '425', '473', '999']);

const LACKS_TABLE = 'ClickHouse lacks a table or the database: `weir migrate run` makes its tables.';
const REFUSES_LOGIN = 'ClickHouse refuses the user or the password that it is given.';
/** Codes for what a person mends outside of Weir, whereupon the same query is right: it waits for that as for ClickHouse itself. */
const TO_BE_MENDED: { readonly [code: string]: string } = {
  60: LACKS_TABLE,
  81: LACKS_TABLE,
  192: REFUSES_LOGIN,
  193: REFUSES_LOGIN,
  194: REFUSES_LOGIN,
  516: REFUSES_LOGIN,
  243: 'ClickHouse has no room left on its disk.',
};

/** Does something with ClickHouse; whatever fails becomes a WeirError: `dependency_unavailable` (retryable), or `query_failed`. */
export async function withClickHouse<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw clickHouseFailure(error);
  }
}

/** Whether ClickHouse answers a query of this user. @throws WeirError `dependency_unavailable`, `query_failed`. */
export async function pingClickHouse(client: ClickHouseClient): Promise<void> {
  await withClickHouse(async () => {
    const answer = await client.query({ query: 'SELECT 1', format: 'JSONEachRow' });
    await answer.json();
  });
}

function clickHouseFailure(error: unknown): WeirError {
  if (error instanceof WeirError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = serverCode(error);
  const toBeMended = TO_BE_MENDED[code ?? ''];
  if (code !== null && toBeMended === undefined && !PASSING.has(code)) {
    return new WeirError('query_failed', `ClickHouse refused a query: ${message}`, { cause: error });
  }
  return new WeirError('dependency_unavailable', toBeMended ?? 'ClickHouse cannot be reached; try again in a moment.', {
    retryable: true,
    details: { dependency: 'clickhouse' },
    cause: error,
  });
}

/** ClickHouse's own code, where it answered with an error. Not by `instanceof`: the embedded engine brings a copy of the class. */
function serverCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('type' in error)) return null;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\d+$/.test(code) ? code : null;
}
