import type { IncidenceRow } from '@weir/incidence';
import { differences, differentSums, shares, sums, type ExpectedRow } from './figures.js';
import { groupedBy, rowsOfFile } from './real-data.js';
import { RunningWeir } from './running-weir.js';

const rows = rowsOfFile('history/germany_daily_then_weekly.csv');
const ageGroups = rows.filter((row) => row['region'] !== '00+');
const figures = ageGroups.map((row) => ({
  region: row['region']!,
  date: row['date']!,
  new_cases: Number(row['cases']),
}));

describe('Germany: daily to 2023-05-14, then Sundays with the sum of their week', () => {
  let weir: RunningWeir;
  beforeAll(async () => {
    weir = await RunningWeir.start();
  });
  afterAll(() => weir.stop());

  it('is refused where the age groups do not add up to the declared total, and nothing is stored', async () => {
    const contradictions = [...groupedBy(rows, 'date')].filter(([, day]) => {
      const total = day.find((row) => row['region'] === '00+')!;
      return day.reduce((sum, row) => sum + Number(row['cases']), 0) !== 2 * Number(total['cases']);
    });
    const [firstDay] = contradictions.map(([day]) => day).sort();
    expect([firstDay, contradictions.length]).toEqual(['2020-03-14', 976]);

    const run = await weir.run('germany-with-total');
    expect(run).toMatchObject({ status: 'failed', exit_status: 1, error: { code: 'total_mismatch' } });
    expect(run.error?.message).toContain(`new_cases of ${firstDay}: the total says 1468, the parts add up to 1466`);
    expect(run.error?.message).toContain(`and ${contradictions.length - 5} more`);
    expect(await weir.rows()).toEqual([]);
  });

  describe('loaded', () => {
    let stored: IncidenceRow[];
    beforeAll(async () => {
      const run = await weir.run('germany');
      expect(run).toMatchObject({ branch: 'backfill', error: null, status: 'succeeded', exit_status: 0, warnings: [] });
      stored = await weir.rows();
      expect(run.counts).toEqual({ extracted: ageGroups.length, rejected: 0, published: stored.length });
    });

    it('keeps each reported day, and gives each day of a later week a seventh', () => {
      const expected = figures.flatMap((row): ExpectedRow[] =>
        row.date <= '2023-05-14' ? [{ ...row, basis: 'reported' }] : shares({ ...row, basis: 'spread' }),
      );
      expect(differences(stored, expected)).toEqual([]);
      expect(new Set(stored.map((row) => row.region)).size).toBe(6);
    });

    it('adds up to the file in every age group', () => {
      expect(differentSums(sums(stored), sums(figures))).toEqual([]);
    });

    it('shows the turn from days to weeks', async () => {
      const turn = await weir.rows({ region: '35-59', from: '2023-05-14', to: '2023-05-15' });
      const week = figures.find((row) => row.region === '35-59' && row.date === '2023-05-21')!;
      expect(turn).toMatchObject([
        { date: '2023-05-14', basis: 'reported', filled: [] },
        { date: '2023-05-15', basis: 'spread', filled: [], new_cases: week.new_cases / 7 },
      ]);
    });

    it('changes nothing when it is loaded again', async () => {
      expect(await weir.run('germany')).toMatchObject({ status: 'nothing_new', error: null, exit_status: 0 });
      const again = await weir.run('germany', '--branch', 'backfill');
      expect(again).toMatchObject({ status: 'succeeded', counts: { extracted: ageGroups.length, published: 0 } });
      expect(await weir.rows()).toEqual(stored);
    });
  });
});
