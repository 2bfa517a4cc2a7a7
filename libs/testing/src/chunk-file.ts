import { join } from 'node:path';
import { identifier, literal, type RecordChunk, type Workspace } from '@weir/pipeline';

/** A record as it travels to the sink, without the fields that are the same on every record of a chunk. */
export interface PublishedRow {
  readonly region: string;
  readonly region_name: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly new_cases: number | null;
  readonly new_deaths: number | null;
  readonly new_recovered: number | null;
  readonly new_hospitalized: number | null;
  readonly basis: 'reported' | 'spread';
  readonly filled: readonly string[];
  readonly source: string;
  readonly withdrawn: boolean;
}

const COLUMNS: { readonly [column in keyof PublishedRow]: (text: string) => string } = {
  region: (text) => text,
  region_name: (text) => text,
  date: (text) => `${text}::DATE`,
  new_cases: (text) => `${text}::DOUBLE`,
  new_deaths: (text) => `${text}::DOUBLE`,
  new_recovered: (text) => `${text}::DOUBLE`,
  new_hospitalized: (text) => `${text}::DOUBLE`,
  basis: (text) => text,
  filled: (text) => `from_json(${text}, '["VARCHAR"]')`,
  source: (text) => text,
  withdrawn: (text) => `${text}::BOOLEAN`,
};

/** Writes rows to a Parquet file in the workspace's folder, as a run's changes are kept; the chunk is the whole file. */
export async function writeChunk(
  workspace: Workspace,
  rows: readonly PublishedRow[],
  run: Pick<RecordChunk, 'dataset' | 'run_id' | 'revision'>,
): Promise<RecordChunk> {
  const names = Object.keys(COLUMNS) as (keyof PublishedRow)[];
  const table = workspace.fresh('published');
  await workspace.run(`CREATE TABLE ${table} (ordinal VARCHAR, ${names.map((name) => `${name} VARCHAR`).join(', ')})`);
  await workspace.append(
    table,
    rows.map((row, ordinal) => [String(ordinal), ...names.map((name) => textOf(row[name]))]),
  );
  const file = join(workspace.directory, `${table}.parquet`);
  const typed = names.map((name) => `${COLUMNS[name](identifier(name))} AS ${identifier(name)}`).join(', ');
  await workspace.run(
    `COPY (SELECT ordinal::BIGINT AS ordinal, ${typed} FROM ${table} ORDER BY 1) TO ${literal(file)} (FORMAT parquet)`,
  );
  return { file, from: 0, to: rows.length, ...run };
}

function textOf(value: PublishedRow[keyof PublishedRow]): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
