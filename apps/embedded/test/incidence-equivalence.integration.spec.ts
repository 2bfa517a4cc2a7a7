import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ClickHouseIncidenceRepository,
  ClickHouseMigrationStore,
  type ClickHouseClient,
} from '@weir/adapter-clickhouse';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import {
  bases,
  dayNumber,
  dayOf,
  incidenceOrders,
  intervals,
  metrics,
  type Figures,
  type IncidencePageQuery,
  type IncidenceRow,
} from '@weir/incidence';
import { readMigrations } from '@weir/migrations';
import type { Workspace } from '@weir/pipeline';
import { rowsOf, textOf, type DayFigure } from '@weir/testing';
import fc from 'fast-check';
import { startClickHouse } from '../src/engines/clickhouse.js';
import { commitFigures } from './commit-figures.js';

/** Real: ClickHouse in this process (chDB). It must answer whatever is asked as the repository in memory does. */
const migrations = fileURLToPath(new URL('../../../clickhouse/migrations', import.meta.url));
const REGIONS = ['ALP', 'BET', 'ZÜR', '\u{1F600}', '\uFF21'];
const REVISIONS = 4;

interface Revision {
  readonly rows: readonly DayFigure[];
  readonly withdrawn: readonly DayFigure[];
}

describe('figures from ClickHouse and from memory', () => {
  let home: string;
  let client: ClickHouseClient;
  let workspace: Workspace;
  let datasets = 0;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'weir-equivalence-'));
    client = await startClickHouse(join(home, 'clickhouse'));
    const store = new ClickHouseMigrationStore(client);
    for (const migration of await readMigrations(migrations)) await store.apply(migration);
    workspace = await openDuckDbWorkspace({ scratch: home, memoryLimit: '400MB', threads: 1 });
  });

  afterAll(async () => {
    await workspace.close();
    await client.close();
    await rm(home, { recursive: true, force: true });
  });

  it('are the same, whatever was committed and whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), fc.array(questions(), { minLength: 4, maxLength: 4 }), async (history, asked) => {
        datasets += 1;
        const dataset = `random_${datasets}`;
        const memory = new MemoryIncidenceRepository();
        const stored = new ClickHouseIncidenceRepository(client, 20);
        for (const { rows, withdrawn } of history) {
          memory.commit(dataset, rows, withdrawn);
          await commitFigures(client, workspace)(dataset, rows, withdrawn);
        }
        for (const question of asked) {
          const query = { ...question, dataset };
          expectSame(await stored.find(query), await memory.find(query));
          expect(await stored.endOfPage(query)).toEqual(await memory.endOfPage(query));
          expectSame(rowsOf(await textOf(stored.export(query, 'ndjson'))), await memory.find(query));
          await expectSamePages(stored, memory, query);
        }
        for (let snapshot = 0; snapshot <= REVISIONS; snapshot += 1) {
          expect(await stored.regions(dataset, snapshot)).toEqual(await memory.regions(dataset, snapshot));
          const [got, wanted] = [await stored.latest(dataset, snapshot), await memory.latest(dataset, snapshot)];
          expect(got.map(plain)).toEqual(wanted.map(plain));
          for (const [index, each] of wanted.entries()) {
            for (const part of ['totals', 'seven_days', 'seven_days_before'] as const) {
              expectNear(got[index]?.[part] ?? {}, each[part]);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  }, 600_000);
});

/** Two or three pages, each beginning after the last row of the one before. */
async function expectSamePages(
  stored: ClickHouseIncidenceRepository,
  memory: MemoryIncidenceRepository,
  query: IncidencePageQuery,
): Promise<void> {
  const whole = await memory.find({ ...query, limit: 10_000 });
  const limit = Math.ceil(whole.length / 3);
  for (let from = 0; from < whole.length; from += limit) {
    const last = whole[from - 1];
    const after = last ? { region: last.region, date: last.date } : query.after;
    const page = await stored.find({ ...query, limit, ...(after && { after }) });
    expectSame(page, whole.slice(from, from + limit));
  }
}

function expectSame(got: readonly IncidenceRow[], wanted: readonly IncidenceRow[]): void {
  const rest = (row: IncidenceRow) =>
    Object.entries(row).filter(([field]) => !metrics.some((metric) => metric === field));
  expect(got.map((row) => Object.keys(row))).toEqual(wanted.map((row) => Object.keys(row)));
  expect(got.map(rest)).toEqual(wanted.map(rest));
  for (const [index, row] of wanted.entries()) {
    if (row.days === undefined) expect(got[index]).toEqual(row);
    else expectNear(got[index] ?? {}, row);
  }
}

/** Sums differ in the last digits, by the order of their days. They stay below some 1e7, whose last digit is 2e-9. */
function expectNear(got: Figures, wanted: Figures): void {
  for (const metric of metrics) {
    const [a, b] = [got[metric], wanted[metric]];
    if (typeof a === 'number' && typeof b === 'number') expect(Math.abs(a - b)).toBeLessThan(1e-8);
    else expect(a).toBe(b);
  }
}

/** What of a region's figures is no sum. A change is one: `before` may be positive here and zero there, by a last digit. */
function plain<Row extends object>(row: Row): object {
  const sums = ['totals', 'seven_days', 'seven_days_before', 'change'];
  return Object.fromEntries(Object.entries(row).filter(([field]) => !sums.includes(field)));
}

/** Days near a New Year, and some at the ends of what can be stored. */
function days(): fc.Arbitrary<string> {
  const near = (day: string, around: number) =>
    fc.integer({ min: dayNumber(day) - around, max: dayNumber(day) + around }).map(dayOf);
  return fc.oneof(
    { arbitrary: near('2023-01-01', 40), weight: 8 },
    { arbitrary: near('1970-01-01', 9), weight: 1 },
    { arbitrary: fc.constantFrom('1900-01-01', '1901-01-01', '2149-06-07', '2298-12-31', '2299-12-31'), weight: 1 },
  );
}

function histories(): fc.Arbitrary<Revision[]> {
  const figure = fc.oneof(
    fc.constant(null),
    fc.integer({ min: -1000, max: 1_000_000 }),
    fc.integer({ min: 0, max: 1_000_000 }).map((sum) => sum / 7),
  );
  const row = fc.record({
    region: fc.constantFrom(...REGIONS),
    region_name: fc.constantFrom('Alpha', 'Beta, "the" second'),
    date: days(),
    new_cases: figure,
    new_deaths: figure,
    new_recovered: figure,
    new_hospitalized: figure,
    basis: fc.constantFrom(...bases),
    filled: fc.subarray([...metrics], { minLength: 0 }),
    source: fc.constantFrom('history.csv', 'page'),
    isWithdrawn: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
  });
  const place = ({ region, date }: { region: string; date: string }) => `${region} ${date}`;
  const revision = fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: place, size: 'max' });
  return fc.array(revision, { minLength: 1, maxLength: REVISIONS, size: 'max' }).map((revisions) =>
    revisions.map((all, index) => {
      const figures = all.map(({ isWithdrawn, ...each }) => {
        const run_id = `00000000-0000-4000-8000-00000000000${index}`;
        return { isWithdrawn, each: { ...each, run_id, revision: index + 1 } };
      });
      const chosen = (withdrawn: boolean) =>
        figures.filter(({ isWithdrawn }) => isWithdrawn === withdrawn).map(({ each }) => each);
      return { rows: chosen(false), withdrawn: chosen(true) };
    }),
  );
}

function questions(): fc.Arbitrary<Omit<IncidencePageQuery, 'dataset'>> {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  return fc
    .record({
      regions: maybe(fc.subarray([...REGIONS, 'nowhere'], { minLength: 1 })),
      bounds: fc.tuple(maybe(days()), maybe(days())),
      asked: fc.subarray([...metrics], { minLength: 1 }),
      basis: maybe(fc.constantFrom(...bases)),
      interval: fc.constantFrom(...intervals),
      order: fc.constantFrom(...incidenceOrders),
      after: maybe(fc.record({ region: fc.constantFrom(...REGIONS, 'M'), date: days() })),
      snapshot: fc.integer({ min: 0, max: REVISIONS }),
      limit: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(10_001)),
    })
    .map(({ regions, bounds: [one, other], asked, basis, after, ...rest }) => {
      const [from, to] = one !== undefined && other !== undefined && one > other ? [other, one] : [one, other];
      return {
        ...rest,
        metrics: asked,
        ...(regions && { regions }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(basis && { basis }),
        ...(after && { after }),
      };
    });
}
