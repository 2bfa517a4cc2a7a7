import type { SinkStore, StoreCondition, StoreProblem } from '@weir/operations';
import { WeirError } from '@weir/pipeline';
import { withClickHouse, type ClickHouseClient } from './clickhouse.js';

/**
 * The table of figures as the sink connector meets it, over a client that has the connector's own user: can it log in, is
 * the table there, may it be written, is there room. Nothing is written by looking.
 */
export class ClickHouseSinkStore implements SinkStore {
  constructor(
    private readonly client: ClickHouseClient,
    private readonly table = 'incidence_revisions',
  ) {}

  async look(): Promise<StoreCondition> {
    const problem = await this.problem();
    const away = problem?.code === 'store_unreachable' || problem?.code === 'login_refused';
    return { problem, free_bytes: away ? null : await this.freeBytes() };
  }

  private async problem(): Promise<StoreCondition['problem']> {
    try {
      // No row, hence no part; but the table, the right to write it and whether it is read-only are looked at all the same.
      const query = `INSERT INTO ${this.table} (region) SELECT '' WHERE 0`;
      await withClickHouse(() => this.client.command({ query }));
      return null;
    } catch (error) {
      return this.describe(error);
    }
  }

  private describe(error: unknown): { readonly code: StoreProblem; readonly message: string } {
    const failure = error instanceof WeirError ? error : new WeirError('internal_error', String(error));
    switch (serverCode(failure)) {
      case '60':
        return {
          code: 'table_missing',
          message: `ClickHouse has no table ${this.table}: \`weir migrate status\` tells whether it was ever made.`,
        };
      case '81':
        return {
          code: 'table_missing',
          message: 'ClickHouse has no such database.',
        };
      case '192':
      case '193':
      case '194':
      case '516':
        return { code: 'login_refused', message: "ClickHouse refuses the sink's user or its password." };
      case '497':
        return { code: 'insert_refused', message: `ClickHouse does not let the sink's user write ${this.table}.` };
      case '243':
        return { code: 'insert_refused', message: failure.message };
      default:
        if (failure.code !== 'query_failed') return { code: 'store_unreachable', message: failure.message };
        return {
          code: 'insert_refused',
          message: `ClickHouse does not take rows into ${this.table}: ${failure.message}`,
        };
    }
  }

  /** Of the fullest disk; null where the user may not know, or the server does not tell. */
  private async freeBytes(): Promise<number | null> {
    try {
      const query =
        'SELECT toFloat64(min(unreserved_space)) AS free, count() AS disks FROM system.disks WHERE total_space > 0';
      const answer = await withClickHouse(() => this.client.query({ query, format: 'JSONEachRow' }));
      const [row] = await answer.json<{ free: number; disks: number | string }>();
      return row === undefined || Number(row.disks) === 0 ? null : row.free;
    } catch {
      // Whether the table can be written has been said already, and is what counts.
      return null;
    }
  }
}

/** ClickHouse's own code, of what `withClickHouse` throws. */
function serverCode({ cause }: WeirError): string | null {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
