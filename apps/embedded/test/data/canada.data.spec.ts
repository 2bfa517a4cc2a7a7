import type { IncidenceRow } from '@weir/incidence';
import { differences, differentSums, shares, sums, type ExpectedRow } from './figures.js';
import { daysBetween, groupedBy, rowsOfFile, type Cells } from './real-data.js';
import { RunningWeir } from './running-weir.js';

const rows = rowsOfFile('history/canada_cases_pt.csv');
const cases = (row: Cells | undefined): number => Number(row?.['value_daily'] ?? 0);

/** Of each province the place of the last day on which it counted cases on two days running. */
const provinces = [...groupedBy(rows, 'region')].map(([region, days]) => ({
  region,
  days,
  cutAt: days.findLastIndex((row, at) => cases(row) !== 0 && cases(days[at - 1]) !== 0),
}));

describe('Canada: provinces that turn to lumps one by one, with zeros between', () => {
  let weir: RunningWeir;
  let stored: IncidenceRow[];
  beforeAll(async () => {
    weir = await RunningWeir.start();
    const run = await weir.run('canada');
    expect(run).toMatchObject({ branch: 'backfill', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
    stored = await weir.rows();
    expect(run.counts).toEqual({ extracted: rows.length, rejected: 0, published: stored.length });
  });
  afterAll(() => weir.stop());

  it('keeps the days up to the cut, and spreads each lump over the days since the one before it', () => {
    const expected = provinces.flatMap(({ region, days, cutAt }) => {
      const row = (day: Cells): ExpectedRow => ({
        region,
        date: day['date']!,
        new_cases: cases(day),
        basis: 'reported',
      });
      const lumps = days.slice(cutAt + 1).filter((day) => cases(day) !== 0);
      let before = days[cutAt]!['date']!;
      return [
        ...days.slice(0, cutAt + 1).map(row),
        ...lumps.flatMap((lump) => {
          const covered = daysBetween(before, lump['date']!);
          before = lump['date']!;
          return shares(row(lump), covered);
        }),
      ];
    });
    expect(differences(stored, expected)).toEqual([]);
  });

  it('turns each province on the day that the file shows', () => {
    const lastReported = Object.fromEntries(
      provinces.map(({ region }) => [
        region,
        stored.findLast((row) => row.region === region && row.basis === 'reported')?.date,
      ]),
    );
    expect(lastReported).toEqual(
      Object.fromEntries(provinces.map(({ region, days, cutAt }) => [region, days[cutAt]!['date']])),
    );
    expect(lastReported).toMatchObject({ SK: '2022-02-06', MB: '2022-03-26', NS: '2023-05-22', AB: '2023-08-28' });
  });

  it('loses no case: each province adds up to its last running total', () => {
    const wanted = provinces.map(({ region, days }) => ({ region, new_cases: Number(days.at(-1)!['value']) }));
    expect(differentSums(sums(stored), sums(wanted))).toEqual([]);
  });

  it('keeps negative corrections', () => {
    const negative = rows.filter((row) => cases(row) < 0).map((row) => `${row['region']} ${row['date']} ${cases(row)}`);
    const found = stored.filter(({ new_cases }) => typeof new_cases === 'number' && new_cases < 0);
    expect(found.map((row) => `${row.region} ${row.date} ${row.new_cases}`)).toEqual(negative);
    expect(new Set(found.map(({ region }) => region))).toEqual(new Set(['NB', 'NS', 'SK']));
  });

  it('spreads lumps of six, nine and thirty days', async () => {
    expect(await weir.rows({ region: 'SK', from: '2022-02-06', to: '2022-02-07' })).toMatchObject([
      { date: '2022-02-06', new_cases: 733, basis: 'reported' },
      { date: '2022-02-07', new_cases: 2522 / 6, basis: 'spread' },
    ]);
    expect(await weir.rows({ region: 'NS', from: '2023-05-31', to: '2023-06-01' })).toMatchObject([
      { date: '2023-05-31', new_cases: 195 / 9, basis: 'spread' },
      { date: '2023-06-01', new_cases: 460 / 30, basis: 'spread' },
    ]);
  });
});
