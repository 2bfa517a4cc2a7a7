import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { identifier } from '@weir/pipeline';
import { csvSource } from './csv-source.js';

const history = resolve(dirname(fileURLToPath(import.meta.url)), '../../../../../shared/data/history');

/** An independent reading: these files quote texts, but no field of theirs holds a new line or a doubled quote. */
function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map((match) => match[1] ?? match[2] ?? '');
}

const files = (await readdir(history)).filter((name) => name.endsWith('.csv'));

describe('published files', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s has the rows, lines and sums of an independent reading', async (name) => {
    const path = join(history, name);
    const lines = (await readFile(path, 'utf8'))
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split(/\r?\n/);
    const columns = fields(lines[0] ?? '');
    const table = lines.slice(1).map(fields);
    const sum = (values: string[]) =>
      values.reduce((total, text) => total + (/^-?\d+$/.test(text) ? Number(text) : 0), 0);

    const scratch = await mkdtemp(join(tmpdir(), 'csv-data-'));
    const workspace = await openDuckDbWorkspace({ scratch, memoryLimit: '400MB', threads: 2 });
    try {
      const extraction = await csvSource.read(
        csvSource.options.parse({ paths: path }),
        [{ name, path }],
        columns,
        workspace,
      );
      const [counted] = await workspace.query(
        `SELECT count(*) AS rows, min(_row) AS first, max(_row) AS last, count(DISTINCT _row) AS lines FROM ${extraction.relation}`,
      );
      expect(counted).toEqual({ rows: table.length, first: 2, last: table.length + 1, lines: table.length });
      for (const [index, column] of columns.entries()) {
        const text = identifier(column);
        const [read] = await workspace.query(
          `SELECT coalesce(sum(CASE WHEN regexp_full_match(${text}, '-?[0-9]+') THEN ${text}::BIGINT ELSE 0 END), 0)::DOUBLE AS sum,
             count(${text}) FILTER (${text} <> '') AS filled, sum(length(coalesce(${text}, '')))::DOUBLE AS characters FROM ${extraction.relation}`,
        );
        const values = table.map((row) => row[index] ?? '');
        expect({ column, ...(read as object) }).toEqual({
          column,
          sum: sum(values),
          filled: values.filter((value) => value !== '').length,
          characters: values.reduce((total, value) => total + [...value].length, 0),
        });
      }
    } finally {
      await workspace.close();
      await rm(scratch, { recursive: true });
    }
  });
});
