import { jest } from '@jest/globals';
import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { incidenceFigure } from '@weir/testing';
import fc from 'fast-check';
import { allPages, lines, written } from '../test/answers.js';
import { bases, incidenceOrders, intervals, metrics, type IncidenceRow } from './incidence.js';
import { IncidenceService } from './incidence.service.js';
import type { IncidenceParameters } from './question.js';

jest.setTimeout(60_000);

/** Around a new year, so that a week and a month lie in two years. */
const days = Array.from({ length: 20 }, (_, day) => new Date(Date.UTC(2023, 11, 20 + day)).toISOString().slice(0, 10));

const place = fc.tuple(fc.constantFrom('A', 'B', 'é', 'Z'), fc.constantFrom(...days));
const places = fc.uniqueArray(place, { selector: (each) => each.join(), maxLength: 30 });
const figure = fc.option(fc.constantFrom(-3, 0, 1 / 7, 22 / 7, 85, 1e9));

/** What one run writes: some rows with these figures, some withdrawals. */
const change = fc.record({
  rows: fc.array(fc.tuple(place, figure, fc.constantFrom(...bases)), { maxLength: 20 }),
  withdrawn: fc.array(place, { maxLength: 5 }),
});

const question = fc.record(
  {
    order: fc.constantFrom(...incidenceOrders),
    interval: fc.constantFrom(...intervals),
    basis: fc.constantFrom(...bases),
    from: fc.constantFrom(...days),
    metrics: fc.uniqueArray(fc.constantFrom(...metrics), { minLength: 1 }),
    regions: fc.uniqueArray(fc.constantFrom('A', 'Region B', 'é'), { minLength: 1 }),
  },
  { requiredKeys: ['order'] },
);

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function commit(repository: MemoryIncidenceRepository, { rows, withdrawn }: Change, revision: number): void {
  const row = (region: string, date: string): IncidenceRow =>
    incidenceFigure({ region, region_name: `Region ${region}`, date, revision });
  const written = new Map(
    rows.map(([[region, date], new_cases, basis]) => [`${region} ${date}`, { ...row(region, date), new_cases, basis }]),
  );
  const gone = withdrawn.filter((each) => !written.has(each.join(' ')));
  repository.commit(
    'covid',
    [...written.values()],
    gone.map(([region, date]) => row(region, date)),
  );
}

describe('paging', () => {
  it.each(['json', 'ndjson'] as const)(
    'gives each row of the first page’s state once, in %s, however it is asked and whatever is committed meanwhile',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          places,
          fc.array(change, { maxLength: 4 }),
          question,
          fc.integer({ min: 1, max: 7 }),
          async (first, changes, asked, limit) => {
            const repository = new MemoryIncidenceRepository();
            // One row of each region that can be asked for, outside the days that can.
            const known = ['A', 'B', 'é'].map((region) => [region, '2020-01-01'] as [string, string]);
            const rows = [...known, ...first].map((each, index) => [each, index, bases[index % 2]!] as const);
            commit(repository, { rows: rows as Change['rows'], withdrawn: [] }, 1);
            const service = new IncidenceService(repository, { version: '1.2.3' });
            const parameters = asked as IncidenceParameters;

            const whole = lines((await written(service.list('covid', parameters, 'ndjson'))).text);
            let revision = 1;
            const paged = await allPages(service, { ...parameters, limit }, format, () => {
              const next = changes[revision - 1];
              if (next === undefined) return;
              revision += 1;
              commit(repository, next, revision);
            });
            expect(paged).toEqual(whole);
          },
        ),
      );
    },
  );
});
