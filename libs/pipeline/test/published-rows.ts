/** Transformed rows and stored rows in a real DuckDB workspace, for the specs of validation and comparison. */
import { identifier, literal, type Workspace } from '../src/ports/workspace.js';
import { schema } from './raw-rows.js';

export interface TestRow {
  readonly region?: string | null;
  readonly region_name?: string | null;
  /** As DuckDB casts it to a day. */
  readonly date?: string | null;
  /** A text is cast to a double: `nan`, `inf`. */
  readonly cases?: number | string | null;
  readonly deaths?: number | string | null;
  readonly basis?: 'reported' | 'spread';
  readonly filled?: readonly string[];
  readonly source?: string;
  /** Of a stored row. */
  readonly revision?: number;
  readonly branch?: 'backfill' | 'update';
}

/** What transforms hand on. */
export function transformedRows(workspace: Workspace, rows: readonly TestRow[]): Promise<string> {
  return tableOf(workspace, rows, (_, index) => ({ _file: `'history.csv'`, _row: `${index + 2}::BIGINT` }));
}

/** What RevisionStore.exportRows writes. */
export function storedRows(workspace: Workspace, rows: readonly TestRow[]): Promise<string> {
  return tableOf(workspace, rows, ({ revision = 1, branch = 'backfill' }) => ({
    revision: `${revision}::BIGINT`,
    branch: literal(branch),
  }));
}

async function tableOf(
  workspace: Workspace,
  rows: readonly TestRow[],
  more: (row: TestRow, index: number) => { readonly [column: string]: string },
): Promise<string> {
  const name = workspace.fresh('rows');
  const select = (row: TestRow, index: number) =>
    Object.entries({ ...fields(row), ...more(row, index) })
      .map(([column, value]) => `${value} AS ${identifier(column)}`)
      .join(', ');
  // An empty table has the columns of a row that is not in it.
  await workspace.run(`CREATE TABLE ${name} AS SELECT ${select({}, 0)} LIMIT 0`);
  for (const [index, row] of rows.entries()) await workspace.run(`INSERT INTO ${name} SELECT ${select(row, index)}`);
  return name;
}

function fields(row: TestRow): { readonly [column: string]: string } {
  const { region = 'DEU', region_name = 'Germany', date = '2023-05-01', cases = 10, deaths = 1 } = row;
  const { basis = 'reported', filled = [], source = 'history.csv' } = row;
  return {
    [schema.series[0] ?? '']: text(region),
    [schema.labels[0] ?? '']: text(region_name),
    [schema.time]: date === null ? 'NULL::DATE' : `${literal(date)}::DATE`,
    cases: figure(cases),
    deaths: figure(deaths),
    basis: literal(basis),
    filled: `[${filled.map(literal).join(', ')}]::VARCHAR[]`,
    source: literal(source),
  };
}

function text(value: string | null): string {
  if (value === null) return 'NULL::VARCHAR';
  // DuckDB takes no NUL inside a literal.
  return value.split('\0').map(literal).join(' || chr(0) || ');
}

function figure(value: number | string | null): string {
  return value === null ? 'NULL::DOUBLE' : `'${value}'::DOUBLE`;
}
