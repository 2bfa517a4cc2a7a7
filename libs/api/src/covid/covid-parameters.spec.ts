import type { IncidenceRow } from '@weir/incidence';
import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

/** What sources published for weeks; the hardest to add up from sevenths among them. */
const published = [85, 1, 0, 3, 100, 999_983, 12_345_678.9, -7];
const monday = Date.UTC(2023, 4, 15);
const day = (number: number) => new Date(monday + number * 86_400_000).toISOString().slice(0, 10);

describe('parameters of figures', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeAll(async () => {
    api = await apiUnderTest();
    key = await api.register();
    const weeks = published.flatMap((sum, week) =>
      Array.from({ length: 7 }, (_, index) =>
        incidenceFigure({ date: day(week * 7 + index), new_cases: sum / 7, new_deaths: null, basis: 'spread' }),
      ),
    );
    const reported = incidenceFigure({ date: day(-1), new_cases: 5, filled: ['new_hospitalized'] });
    api.incidence.commit('covid', [reported, ...weeks], [], new Date('2026-06-01T12:00:00.500Z'));
    const corrected = incidenceFigure({ date: day(-1), new_cases: 6, basis: 'spread', revision: 2 });
    api.incidence.commit('covid', [corrected], [], new Date('2026-06-02T12:00:00Z'));
  });
  afterAll(() => api.close());

  const rows = async (query: string) => {
    const { body, status } = await api.http.get(`/covid/incidence?${query}`).set('x-key', key);
    expect(status).toBe(200);
    return (body as { data: IncidenceRow[] }).data;
  };
  const errors = async (query: string) => {
    const { body, status } = await api.http.get(`/covid/incidence?${query}`).set('x-key', key);
    expect([status, (body as { code: string }).code]).toEqual([400, 'validation_failed']);
    return (body as { errors: { field: string; message: string }[] }).errors;
  };

  it('metrics: restrict a row to them, in their own order, whatever the order and repetition', async () => {
    const [row] = await rows('metrics=new_deaths,new_cases,new_deaths&limit=1');
    expect(Object.keys(row ?? {})).toEqual([
      'region',
      'region_name',
      'date',
      'new_cases',
      'new_deaths',
      'basis',
      'filled',
      'source',
      'run_id',
      'revision',
    ]);
  });

  it.each([
    'metrics=cases',
    'metrics=new_cases,',
    'metrics=',
    'metrics=new_cases&metrics=new_deaths',
    'metrics=NEW_CASES',
  ])('refuses %s, listing what is allowed', async (query) => {
    const [error] = await errors(query);
    expect(error).toMatchObject({ field: 'metrics' });
    expect(error?.message).toContain('new_cases, new_deaths, new_recovered, new_hospitalized');
  });

  it('basis: shows rows by how their present figures came about, and never an older one in place of the present', async () => {
    expect(await rows('basis=reported')).toEqual([]);
    expect(await rows('basis=spread')).toHaveLength(published.length * 7 + 1);
    expect(await rows('basis=reported&as_of=2026-06-01')).toMatchObject([{ date: day(-1), new_cases: 5 }]);
    expect(await errors('basis=guessed')).toEqual([{ field: 'basis', message: 'must be one of reported, spread' }]);
  });

  it('interval=week: adds up to the published figure within 1e-9 of it', async () => {
    const weeks = await rows(`interval=week&from=${day(0)}`);
    expect(weeks.map(({ date }) => date)).toEqual(published.map((_, week) => day(week * 7)));
    weeks.forEach(({ new_cases, days }, week) => {
      const sum = published[week]!;
      expect(Math.abs(new_cases! - sum)).toBeLessThanOrEqual(Math.abs(sum) * 1e-9);
      expect(days).toBe(7);
    });
  });

  it('interval=week: is clipped to from and to, sums nulls to null, and names no single source', async () => {
    const [week] = await rows(`interval=week&from=${day(2)}&to=${day(3)}`);
    expect(week).toMatchObject({
      date: day(0),
      days: 2,
      new_deaths: null,
      new_hospitalized: 0,
      source: null,
      run_id: null,
      basis: 'spread',
      revision: 1,
    });
  });

  it('interval=month: sums a month of the calendar, and says so where days differ', async () => {
    const months = await rows('interval=month&as_of=2026-06-01&metrics=new_hospitalized');
    expect(months[0]).toMatchObject({ date: '2023-05-01', days: 18, basis: 'mixed', filled: ['new_hospitalized'] });
    expect(await errors('interval=year')).toEqual([{ field: 'interval', message: 'must be one of day, week, month' }]);
  });

  it.each([
    ['2026-05-31', []],
    ['2026-06-01T12:00:00.499Z', []],
    ['2026-06-01T12:00:00.500Z', [5]],
    ['2026-06-01T14:00:00.5%2B02:00', [5]],
    ['2026-06-01', [5]],
    ['2026-06-02', [6]],
    ['9999-12-31', [6]],
    ['0001-01-01', []],
  ])('as_of=%s shows the data of then', async (asOf, expected) => {
    expect((await rows(`to=${day(-1)}&as_of=${asOf}`)).map(({ new_cases }) => new_cases)).toEqual(expected);
  });

  it('as_of: a known region of an empty past is no error, an unknown one is', async () => {
    expect(await rows('region=Alpha&as_of=2020-01-01')).toEqual([]);
    const { body } = await api.http.get('/covid/incidence?region=Nowhere&as_of=2020-01-01').set('x-key', key);
    expect(body).toMatchObject({ code: 'unknown_region', errors: [{ field: 'region' }] });
  });

  it.each(['2023-02-30T00:00:00Z', 'today', '', '2023-06-01T25:00Z'])('refuses as_of=%s', async (asOf) => {
    expect(await errors(`as_of=${asOf}`)).toMatchObject([
      { field: 'as_of', message: expect.stringContaining('YYYY-MM-DD') },
    ]);
  });

  it('as_of: says how a + is written where it arrived as a space, and takes one time only', async () => {
    const [error] = await errors('as_of=2026-06-01T14:00:00+02:00');
    expect(error?.message).toContain('%2B');
    expect(await errors('as_of=2026-06-01&as_of=2026-06-02')).toEqual([
      { field: 'as_of', message: 'must be given once' },
    ]);
  });

  it.each(['from=2023-05-01&from=2023-05-02', 'order=date&order=date', 'limit=5&limit=6', 'format=csv&format=json'])(
    'says of %s that it must be given once',
    async (query) => {
      expect(await errors(query)).toEqual([{ field: query.split('=')[0], message: 'must be given once' }]);
    },
  );

  it('names every field at fault at once', async () => {
    const fields = (await errors('metrics=x&basis=x&interval=x&as_of=x&order=x&limit=x&format=x&from=x')).map(
      ({ field }) => field,
    );
    expect(fields.sort()).toEqual(['as_of', 'basis', 'format', 'from', 'interval', 'limit', 'metrics', 'order']);
  });
});
