/** Raw text in a real DuckDB workspace, as a source hands it to `mapRecords`. */
import { tmpdir } from 'node:os';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import type { RecordSchema } from '@weir/record';
import type { ColumnMapping, Dictionary, Mapping } from '../src/definition/plan.js';
import { mapRecords } from '../src/execution/map-records.js';
import type { RawExtraction, Warning } from '../src/ports/source.js';
import { identifier, type Workspace } from '../src/ports/workspace.js';

export const schema: RecordSchema = {
  series: ['region'],
  labels: ['region_name'],
  time: 'date',
  metrics: ['cases', 'deaths'],
};

/** Its scratch folder goes when it is closed. */
export function openScratchWorkspace(): Promise<Workspace> {
  return openDuckDbWorkspace({ scratch: tmpdir(), memoryLimit: '400MB', threads: 1 });
}

export type RawRow = { readonly [column: string]: string | null };

/** Rows of file `page.csv`, the first of them its row 2; a row's own `_file` and `_row` go before. */
export async function rawOf(
  workspace: Workspace,
  rows: readonly RawRow[],
  columns: readonly string[],
): Promise<RawExtraction> {
  const text = workspace.fresh('text');
  const names = ['_file', '_row', ...columns];
  await workspace.run(`CREATE TABLE ${text} (${names.map((name) => `${identifier(name)} VARCHAR`).join(', ')})`);
  await workspace.append(
    text,
    rows.map((row, index) => [
      row._file ?? 'page.csv',
      row._row ?? String(index + 2),
      ...columns.map((name) => row[name] ?? null),
    ]),
  );
  const relation = workspace.fresh('raw');
  await workspace.run(`CREATE VIEW ${relation} AS SELECT * REPLACE (_row::BIGINT AS _row) FROM ${text}`);
  return { relation, columns, warnings: [] };
}

export function column(from: string, more: Partial<ColumnMapping> = {}): ColumnMapping {
  return { from, value: null, format: null, dictionary: null, ...more };
}

export function dictionary(entries: Dictionary['entries']): Dictionary {
  return { name: 'regions', entries };
}

/** `Region, Day, Cases, Deaths`, as they are. */
export function mappingOf(more: Partial<Mapping> = {}): Mapping {
  return {
    columns: { region: column('Region'), date: column('Day'), cases: column('Cases'), deaths: column('Deaths') },
    ignore: [],
    cumulative: null,
    total: null,
    figures: { decimal: '.', blank: [] },
    unknown: 'fail',
    ...more,
  };
}

export interface Mapped {
  readonly records: {
    region: string;
    region_name: string | null;
    date: string;
    cases: number | null;
    deaths: number | null;
  }[];
  readonly rejects: { file: string; row: number; code: string; reason: string; record: string }[];
  readonly warnings: readonly Warning[];
}

/** Maps rows given as `[region, day, cases, deaths]`. */
export async function mapRows(
  workspace: Workspace,
  rows: readonly (readonly (string | null)[])[],
  mapping: Partial<Mapping> = {},
): Promise<Mapped> {
  const columns = ['Region', 'Day', 'Cases', 'Deaths'];
  const raw = await rawOf(
    workspace,
    rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))),
    columns,
  );
  return mapRaw(workspace, raw, mappingOf(mapping));
}

export async function mapRaw(workspace: Workspace, raw: RawExtraction, mapping: Mapping): Promise<Mapped> {
  const { relation, rejects, warnings } = await mapRecords(raw, mapping, schema, workspace);
  return {
    records: await workspace.query(
      `SELECT region, region_name, date, cases, deaths FROM ${relation} ORDER BY region, date, _file, _row`,
    ),
    rejects: await workspace.query(`SELECT file, row, code, reason, record FROM ${rejects} ORDER BY file, row`),
    warnings,
  };
}
