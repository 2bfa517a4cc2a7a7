import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordChunk, Workspace } from '@weir/pipeline';
import { writeChunk, type PublishedRow } from '@weir/testing';
import fc from 'fast-check';
import { openDuckDbWorkspace } from './duckdb-workspace.js';
import { jsonRecords, type JsonRecords, type SeriesLines } from './json-records.js';

const schema = {
  series: ['region'],
  labels: ['region_name'],
  time: 'date',
  metrics: ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'],
};
const run = { dataset: 'covid', run_id: 'run-1', revision: 1042 };

let scratch: string;
let workspace: Workspace;
let reader: JsonRecords;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weir-json-'));
  const settings = { scratch, memoryLimit: '200MB', threads: 1 };
  workspace = await openDuckDbWorkspace(settings);
  reader = jsonRecords({ ...settings, schema, batchRows: 7 });
});
afterAll(async () => {
  await reader.close();
  await workspace.close();
  await rm(scratch, { recursive: true });
});

const row = (changes: Partial<PublishedRow> = {}): PublishedRow => ({
  region: 'DEU',
  region_name: 'Germany',
  date: '2023-05-16',
  new_cases: 12.142857142857142,
  new_deaths: null,
  new_recovered: null,
  new_hospitalized: null,
  basis: 'spread',
  filled: ['new_deaths'],
  source: 'weekly.csv',
  withdrawn: false,
  ...changes,
});

/** What JavaScript would write of the same row. */
const reference = ({ withdrawn, ...fields }: PublishedRow) =>
  JSON.stringify({
    dataset: run.dataset,
    ...fields,
    run_id: run.run_id,
    revision: run.revision,
    withdrawn,
  });

async function batchesOf(chunk: RecordChunk): Promise<(readonly SeriesLines[])[]> {
  const batches: (readonly SeriesLines[])[] = [];
  for await (const batch of reader.read(chunk)) batches.push(batch);
  return batches;
}

/** Texts of a series, as many as it says there are. */
function textsOf({ rows, lines }: SeriesLines): string[] {
  const texts = lines.toString('utf8').split('\n');
  expect(texts).toHaveLength(rows);
  return texts;
}

it('writes the fields of the contract, in its order, with every null', async () => {
  const [[series] = []] = await batchesOf(await writeChunk(workspace, [row()], run));
  expect(series?.key).toBe('DEU');
  expect(series?.lines.toString()).toBe(
    '{"dataset":"covid","region":"DEU","region_name":"Germany","date":"2023-05-16","new_cases":12.142857142857142,' +
      '"new_deaths":null,"new_recovered":null,"new_hospitalized":null,"basis":"spread","filled":["new_deaths"],' +
      '"source":"weekly.csv","run_id":"run-1","revision":1042,"withdrawn":false}',
  );
});

it('writes a withdrawal as an ordinary record', async () => {
  const withdrawal = row({ new_cases: null, filled: [], withdrawn: true });
  const [[series] = []] = await batchesOf(await writeChunk(workspace, [withdrawal], run));
  expect(series?.lines.toString()).toBe(reference(withdrawal));
});

describe('any row', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('"', '\\', '\n', '\r', '\t', '\u0001', '/', '\u2028', 'é', '🦠', "'", '\u007f'),
    }),
  );
  const figure = fc.option(
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer().map((whole) => whole / 7),
      fc.constantFrom(0, -0, 1, -3, 2 ** 53, 2 ** 53 + 2, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 0.1),
    ),
  );
  const rows = fc.array(
    fc.record({
      region: text,
      region_name: text,
      date: fc
        .date({ min: new Date('1900-01-01'), max: new Date('2299-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      new_cases: figure,
      new_deaths: figure,
      new_recovered: figure,
      new_hospitalized: figure,
      basis: fc.constantFrom('reported' as const, 'spread' as const),
      filled: fc.array(text, { maxLength: 3 }),
      source: text,
      withdrawn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it('becomes the text that JavaScript would write, but for how huge and tiny numbers are spelt', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (some) => {
        const batches = await batchesOf(await writeChunk(workspace, some, run));
        const seen = batches.flatMap((batch) =>
          batch.flatMap((series) => textsOf(series).map((json) => [series.key, json])),
        );
        const respelt = (json: string) => JSON.stringify(JSON.parse(json));
        const expected = inSevens(some).map((one) => [one.region, reference(one)]);
        expect(seen.map(([key, json]) => [key, respelt(json as string)])).toEqual(expected);
        for (const [, json] of seen)
          if (!/\de|\d{16}\.0/.test(json as string)) expect(json).toBe(respelt(json as string));
      }),
      { numRuns: 60 },
    );
  });
});

/** The order in which rows come: seven at a time, in each seven by series, the series in the order of their first row. */
function inSevens(rows: readonly PublishedRow[]): PublishedRow[] {
  const ordered: PublishedRow[] = [];
  for (let from = 0; from < rows.length; from += 7) {
    const seven = rows.slice(from, from + 7);
    const regions = [...new Set(seven.map(({ region }) => region))];
    ordered.push(...regions.flatMap((region) => seven.filter((one) => one.region === region)));
  }
  return ordered;
}

describe('a range', () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    row({
      region: n % 3 === 0 ? 'FRA' : 'DEU',
      date: `2023-01-${String((n % 28) + 1).padStart(2, '0')}`,
      new_cases: n,
    }),
  );
  let file: RecordChunk;
  beforeAll(async () => {
    file = await writeChunk(workspace, many, run);
  });
  const casesOf = (batches: readonly (readonly SeriesLines[])[]) =>
    batches.map((batch) => batch.flatMap(textsOf).map((json) => (JSON.parse(json) as PublishedRow).new_cases ?? NaN));

  it('is read from its first ordinal to before its last, no more than so many rows at a time', async () => {
    const cases = casesOf(await batchesOf({ ...file, from: 5, to: 23 }));
    expect(cases.map((batch) => batch.length)).toEqual([7, 7, 4]);
    expect(cases.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, n) => n + 5));
  });

  it('keeps the order of a series', async () => {
    const batches = await batchesOf(file);
    const german = batches.flatMap((batch) => batch.filter(({ key }) => key === 'DEU').flatMap(textsOf));
    const cases = german.map((json) => (JSON.parse(json) as PublishedRow).new_cases ?? NaN);
    expect(cases).toEqual(many.filter(({ region }) => region === 'DEU').map(({ new_cases }) => new_cases));
  });

  it('gives the same bytes again', async () => {
    const twice = await Promise.all([batchesOf(file), batchesOf(file)]);
    expect(twice[0]).toEqual(twice[1]);
  });

  it('that is empty gives nothing', async () => {
    expect(await batchesOf({ ...file, from: 9, to: 9 })).toEqual([]);
  });
});

it('takes field names of another schema from the schema', async () => {
  const file = join(workspace.directory, 'rain.parquet');
  await workspace.run(
    `COPY (SELECT 0::BIGINT AS ordinal, 'a' AS country, 'b/c' AS station, DATE '2023-01-02' AS day, 1.5::DOUBLE AS "rain ""mm""",
      'reported' AS basis, []::VARCHAR[] AS filled, 's' AS source, false AS withdrawn) TO '${file}' (FORMAT parquet)`,
  );
  const other = jsonRecords({
    scratch,
    memoryLimit: '100MB',
    threads: 1,
    batchRows: 10,
    schema: { series: ['country', 'station'], labels: [], time: 'day', metrics: ['rain "mm"'] },
  });
  const chunk = { file, from: 0, to: 1, dataset: "it's", run_id: 'r"1', revision: 2 };
  for await (const [series] of other.read(chunk)) {
    expect(series?.key).toBe('a/b/c');
    expect(JSON.parse(series?.lines.toString() ?? '')).toEqual({
      dataset: "it's",
      country: 'a',
      station: 'b/c',
      day: '2023-01-02',
      'rain "mm"': 1.5,
      basis: 'reported',
      filled: [],
      source: 's',
      run_id: 'r"1',
      revision: 2,
      withdrawn: false,
    });
  }
  await other.close();
});

describe('what cannot be read', () => {
  const refused = { code: 'query_failed', retryable: false };

  it('is told: a file that is not there', async () => {
    const chunk = { file: join(scratch, 'gone.parquet'), from: 0, to: 1, ...run };
    await expect(batchesOf(chunk)).rejects.toMatchObject({ ...refused, message: expect.stringContaining('gone') });
  });

  it.each(['nan', 'inf', '-inf'])('is told: the figure %s, which JSON does not know', async (figure) => {
    const chunk = await writeChunk(workspace, [row()], run);
    const file = join(workspace.directory, `${figure}.parquet`);
    await workspace.run(
      `COPY (SELECT * REPLACE ('${figure}'::DOUBLE AS new_cases) FROM '${chunk.file}') TO '${file}' (FORMAT parquet)`,
    );
    await expect(batchesOf({ ...chunk, file })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('new_cases'),
    });
  });

  it('is told: a record without its series', async () => {
    const chunk = await writeChunk(workspace, [row()], run);
    const file = join(workspace.directory, 'anonymous.parquet');
    await workspace.run(
      `COPY (SELECT * REPLACE (NULL::VARCHAR AS region) FROM '${chunk.file}') TO '${file}' (FORMAT parquet)`,
    );
    await expect(batchesOf({ ...chunk, file })).rejects.toMatchObject(refused);
  });
});
