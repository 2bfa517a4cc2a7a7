import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

const day = (number: number) => new Date(Date.UTC(2023, 4, number)).toISOString().slice(0, 10);

describe('the summary of each region', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeAll(async () => {
    api = await apiUnderTest();
    key = await api.register();
    // Fourteen days: 4 cases on each of the first seven, 5 on the others; Beta has one day.
    const alpha = Array.from({ length: 14 }, (_, index) =>
      incidenceFigure({ date: day(index + 1), new_cases: index < 7 ? 4 : 5, new_deaths: 0 }),
    );
    const beta = incidenceFigure({ region: 'BET', region_name: 'Beta', date: day(3), basis: 'spread' });
    api.incidence.commit('covid', [...alpha, beta], [], new Date('2026-06-01T00:00:00Z'));
    const latest = incidenceFigure({
      date: day(14),
      new_cases: 12,
      filled: ['new_deaths'],
      new_deaths: 1,
      revision: 2,
    });
    api.incidence.commit('covid', [latest], [], new Date('2026-06-03T00:00:00Z'));
  });
  afterAll(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);

  it('has the latest day, totals, seven-day sums and the change on the week before', async () => {
    const { body, status, headers } = await get('/covid/summary');
    expect([status, headers['content-type'], body.next_cursor]).toEqual([200, 'application/json; charset=utf-8', null]);
    expect(body.data).toHaveLength(2);
    expect(body.data[0]).toEqual({
      region: 'ALP',
      region_name: 'Alpha',
      latest_date: day(14),
      latest: { new_cases: 12, new_deaths: 1, new_recovered: null, new_hospitalized: 0 },
      basis: 'reported',
      filled: ['new_deaths'],
      totals: { new_cases: 70, new_deaths: 1, new_recovered: null, new_hospitalized: 0 },
      seven_days: { new_cases: 42, new_deaths: 1, new_recovered: null, new_hospitalized: 0 },
      seven_days_before: { new_cases: 28, new_deaths: 0, new_recovered: null, new_hospitalized: 0 },
      change: { new_cases: 0.5, new_deaths: null, new_recovered: null, new_hospitalized: null },
      days: 14,
      revision: 2,
    });
    expect(body.data[1]).toMatchObject({ region: 'BET', days: 1, change: { new_cases: null }, basis: 'spread' });
  });

  it('takes regions by code and name, and a time', async () => {
    const { body } = await get('/covid/summary?region=Beta&region=ALP&as_of=2026-06-02');
    expect(body.data).toMatchObject([{ region: 'ALP', latest: { new_cases: 5 }, revision: 1 }, { region: 'BET' }]);
    expect((await get('/covid/summary?as_of=2020-01-01')).body).toEqual({ data: [], next_cursor: null });
    expect((await get('/covid/regions?as_of=2020-01-01')).body).toEqual({ data: [], next_cursor: null });
  });

  it.each([
    ['/covid/summary?region=Nowhere', 'unknown_region', 'region'],
    ['/covid/summary?region=', 'validation_failed', 'region'],
    ['/covid/summary?as_of=x', 'validation_failed', 'as_of'],
    ['/covid/summary?limit=1', 'validation_failed', 'limit'],
    ['/covid/regions?as_of=2023-02-30', 'validation_failed', 'as_of'],
    ['/covid/regions?region=ALP', 'validation_failed', 'region'],
  ])('refuses %s with %s', async (path, code, field) => {
    const { body, status } = await get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code, errors: [{ field, message: expect.any(String) }] });
  });

  it('needs a key with the scope data', async () => {
    expect((await api.http.get('/covid/summary')).status).toBe(401);
    const { api_key } = await api.operator.createKey('bob@example.org', ['pipelines']);
    expect((await api.http.get('/covid/summary').set('x-key', api_key)).body.code).toBe('missing_scope');
  });
});
