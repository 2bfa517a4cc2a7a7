import { join } from 'node:path';
import {
  WeirError,
  identifier,
  literal,
  type LandedItem,
  type RawExtraction,
  type SourceType,
  type Warning,
  type Workspace,
} from '@weir/pipeline';
import { csvItems } from './csv-items.js';
import { csvOptions, type CsvOptions } from './csv-options.js';
import { NumberedCopy, type RaggedRow } from './numbered-copy.js';
import { MAX_RECORD_BYTES } from './record-scanner.js';

const EXAMPLES = 10;

/**
 * Files of delimited text with a header. `_row` is the line of the file on which a row begins, from 1 with the header,
 * blank lines and new lines inside quotes counted: the line at which an editor shows it.
 */
export const csvSource: SourceType<CsvOptions> = {
  type: 'csv',
  options: csvOptions,
  items: (options, folder) => csvItems(options.paths, folder),
  read,
};

async function read(
  options: CsvOptions,
  items: readonly LandedItem[],
  wanted: readonly string[],
  workspace: Workspace,
): Promise<RawExtraction> {
  const columns = [...new Set(wanted)];
  checkNames(columns);
  const ragged = options.ragged === 'reject' ? new RaggedRejects(workspace) : new RaggedRefusal();
  const selects: string[] = [];
  const counted: { readonly file: string; readonly rows: number }[] = [];
  const warnings: Warning[] = [];
  for (const item of items) {
    const copy = new NumberedCopy(item, join(workspace.directory, `${workspace.fresh('csv')}.csv`), options, columns);
    await copy.write((rows) => ragged.add(rows));
    selects.push(selectFrom(copy, item.name, columns, options));
    counted.push({ file: item.name, rows: copy.rows });
    if (copy.blankLines > 0) {
      const message = `${item.name}: blank lines between rows were skipped`;
      warnings.push({ code: 'blank_lines', message, count: copy.blankLines });
    }
  }
  const rejects = ragged.close();
  const relation = workspace.fresh('csv_rows');
  await workspace.run(`CREATE VIEW ${relation} AS ${selects.join(' UNION ALL ')}`);
  return { relation, columns, counted, warnings, ...(rejects === undefined ? {} : { rejects }) };
}

/** DuckDB's names ignore case, so that two columns of a relation cannot differ in nothing else. */
function checkNames(columns: readonly string[]): void {
  const seen = new Map([
    ['_file', '_file'],
    ['_row', '_row'],
  ]);
  for (const column of columns) {
    const other = seen.get(column.toLowerCase());
    if (other !== undefined) {
      throw new WeirError(
        'ambiguous_column',
        `The columns "${other}" and "${column}" cannot be read together: their names differ in case only, or not at all. ` +
          'Rename one of them in the file.',
        { details: { column } },
      );
    }
    seen.set(column.toLowerCase(), column);
  }
}

/** Every option is said, because each that is left out would be guessed from the file. */
function selectFrom(copy: NumberedCopy, name: string, columns: readonly string[], options: CsvOptions): string {
  const types = copy.header.names.map((_, index) => `'c${index}': 'VARCHAR'`);
  const quote = literal(options.quote ?? '');
  const source =
    `read_csv(${literal(copy.path)}, auto_detect=false, columns={'line': 'BIGINT', ${types.join(', ')}}, header=false, ` +
    `delim=${literal(options.delimiter)}, quote=${quote}, escape=${quote}, comment='', new_line='\\n', strict_mode=true, ` +
    `null_padding=false, max_line_size=${MAX_RECORD_BYTES + 1000}, buffer_size=${4 * MAX_RECORD_BYTES}, parallel=${!copy.multiline})`;
  const picked = columns.map((column) => `c${copy.header.names.indexOf(column)} AS ${identifier(column)}`);
  return `SELECT ${[`${literal(name)} AS _file`, 'line AS _row', ...picked].join(', ')} FROM ${source}`;
}

/** Ragged rows end the run, once all of them were counted. */
class RaggedRefusal {
  private readonly examples: RaggedRow[] = [];
  private count = 0;

  add(rows: readonly RaggedRow[]): Promise<void> {
    this.count += rows.length;
    this.examples.push(...rows.slice(0, EXAMPLES - this.examples.length));
    return Promise.resolve();
  }

  close(): undefined {
    if (this.count === 0) return;
    const places = this.examples.map((row) => `${row.file}:${row.line} has ${countOf(row)}`);
    const more = this.count > places.length ? `, and ${this.count - places.length} more` : '';
    throw new WeirError(
      'ragged_row',
      `Rows do not have as many fields as their header: ${places.join(', ')}${more}. Repair the file, or say ` +
        '`ragged: reject` to leave such rows out and count them.',
      {
        details: {
          count: this.count,
          rows: this.examples.map(({ file, line, found, expected }) => ({ file, line, found, expected })),
        },
      },
    );
  }
}

/** Ragged rows become rejects. */
class RaggedRejects {
  private table: string | undefined;

  constructor(private readonly workspace: Workspace) {}

  async add(rows: readonly RaggedRow[]): Promise<void> {
    if (this.table === undefined) {
      this.table = this.workspace.fresh('csv_rejects');
      const columns = 'file VARCHAR, "row" BIGINT, code VARCHAR, reason VARCHAR, record VARCHAR';
      await this.workspace.run(`CREATE TABLE ${this.table} (${columns})`);
    }
    const values = rows.map((row) => [row.file, String(row.line), 'ragged_row', countOf(row), row.record]);
    await this.workspace.append(this.table, values);
  }

  close(): string | undefined {
    return this.table;
  }
}

function countOf({ found, expected }: RaggedRow): string {
  return `${found} ${found === 1 ? 'field' : 'fields'} instead of ${expected}`;
}
