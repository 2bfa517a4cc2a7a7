/** Rows of plain TypeScript in and out of a real DuckDB workspace, for the specs of the transforms. */
import { tmpdir } from 'node:os';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { filledBit, filledNames, identifier, literal, NOTHING_FILLED, type Workspace } from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';

export const schema: RecordSchema = {
  series: ['region'],
  labels: ['region_name'],
  time: 'date',
  metrics: ['cases', 'deaths'],
};

/** Fields of the schema, and `basis`, `filled`, `source`; what is left out takes its default, a figure null. */
export interface Row {
  readonly [field: string]: string | number | null | readonly string[];
}

/** Its scratch folder goes when it is closed. */
export function openScratchWorkspace(): Promise<Workspace> {
  return openDuckDbWorkspace({ scratch: tmpdir(), memoryLimit: '400MB', threads: 1 });
}

/** A table of the rows in the order given, numbered by `_row`. */
export async function relationOf(workspace: Workspace, rows: readonly Row[], of = schema): Promise<string> {
  const name = workspace.fresh('input');
  const text = (value: Row[string] | undefined, fallback: string) =>
    literal(typeof value === 'string' ? value : fallback);
  const figure = (value: Row[string] | undefined) => (typeof value === 'number' ? `'${value}'::DOUBLE` : 'NULL');
  const lines = rows.map((row, index) => {
    const names = Array.isArray(row.filled) ? (row.filled as readonly string[]) : [];
    return `(${[
      ...of.series.map((field) => text(row[field], '')),
      ...of.labels.map((field) => text(row[field], `Name of ${String(row[of.series[0] ?? ''])}`)),
      `${text(row[of.time], '')}::DATE`,
      ...of.metrics.map((field) => figure(row[field])),
      text(row.basis, 'reported'),
      [NOTHING_FILLED, ...names.map((metric) => filledBit(metric, of))].join(' | '),
      text(row.source, 'history.csv'),
      text(row.source, 'history.csv'),
      index + 1,
    ].join(', ')})`;
  });
  const columns = [
    ...[...of.series, ...of.labels].map((field) => `${identifier(field)} VARCHAR`),
    `${identifier(of.time)} DATE`,
    ...of.metrics.map((field) => `${identifier(field)} DOUBLE`),
    `basis ENUM('reported', 'spread'), filled UBIGINT, source VARCHAR, _file VARCHAR, _row BIGINT`,
  ];
  await workspace.run(`CREATE TABLE ${name} (${columns.join(', ')})`);
  if (lines.length > 0) await workspace.run(`INSERT INTO ${name} VALUES ${lines.join(', ')}`);
  return name;
}

/** What is stored already, with the columns that a run gives to transforms. */
export async function stateOf(workspace: Workspace, rows: readonly Row[]): Promise<string> {
  const table = await relationOf(workspace, rows);
  const name = workspace.fresh('state');
  await workspace.run(
    `CREATE VIEW ${name} AS SELECT * EXCLUDE (_file, _row) REPLACE (basis::VARCHAR AS basis, ${filledNames(schema)} AS filled) FROM ${table}`,
  );
  return name;
}

/** Rows of a relation by series and day, without labels and places. */
export async function rowsOf(workspace: Workspace, relation: string, of = schema): Promise<Row[]> {
  const key = [...of.series, of.time].map(identifier).join(', ');
  return workspace.query<Row>(
    `SELECT ${key}, ${of.metrics.map(identifier).join(', ')}, basis, ${filledNames(of)} AS filled FROM ${relation} ORDER BY ${key}`,
  );
}

/** Drops every relation, so that hundreds of runs fit into the memory of one workspace. */
export async function clearWorkspace(workspace: Workspace): Promise<void> {
  for (const kind of ['view', 'table']) {
    const names = await workspace.query<{ name: string }>(
      `SELECT ${kind}_name AS name FROM duckdb_${kind}s() WHERE NOT internal`,
    );
    if (names.length > 0) await workspace.run(names.map(({ name }) => `DROP ${kind} ${identifier(name)}`).join('; '));
  }
}
