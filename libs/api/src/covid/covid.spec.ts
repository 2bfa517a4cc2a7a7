import type { IncidenceRow } from '@weir/incidence';
import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

describe('figures over HTTP', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeAll(async () => {
    api = await apiUnderTest();
    key = await api.register();
    const regions = { ALP: 'Alpha', BET: 'Beta & Co' };
    api.incidence.commit(
      'covid',
      Object.entries(regions).flatMap(([region, region_name]) =>
        ['2023-05-01', '2023-05-02', '2023-05-03'].map((date) => incidenceFigure({ region, region_name, date })),
      ),
    );
  });
  afterAll(() => api.close());

  const get = (path: string) => api.http.get(path).set('x-key', key);
  const places = (body: { data: IncidenceRow[] }) => body.data.map(({ region, date }) => `${region} ${date}`);

  it('answers whole rows, ordered by day and region, with a null cursor at the end', async () => {
    const { status, body } = await get('/covid/incidence');
    expect(status).toBe(200);
    expect(body.next_cursor).toBeNull();
    expect(body.data).toHaveLength(6);
    expect(body.data[0]).toEqual(incidenceFigure());
    expect(places(body).slice(0, 3)).toEqual(['ALP 2023-05-01', 'BET 2023-05-01', 'ALP 2023-05-02']);
  });

  it('filters by code, by exact name and by days', async () => {
    const { body } = await get('/covid/incidence').query({ region: 'Beta & Co', from: '2023-05-02', to: '2023-05-02' });
    expect(places(body)).toEqual(['BET 2023-05-02']);
    const both = await get('/covid/incidence?region=ALP&region=BET&to=2023-05-01');
    expect(places(both.body)).toEqual(['ALP 2023-05-01', 'BET 2023-05-01']);
  });

  it.each(['date', '-date', 'region', '-region'])('pages through everything once, ordered by %s', async (order) => {
    const whole = await get('/covid/incidence').query({ order });
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { body: { data: IncidenceRow[]; next_cursor: string | null } } = await get('/covid/incidence').query({
        order,
        limit: 4,
        ...(cursor !== null && { cursor }),
      });
      paged.push(...places(page.body));
      cursor = page.body.next_cursor;
    } while (cursor !== null);
    expect(paged).toEqual(places(whole.body));
  });

  it('refuses a cursor of other filters', async () => {
    const { body } = await get('/covid/incidence').query({ limit: 1 });
    const answer = await get('/covid/incidence').query({ limit: 1, order: '-date', cursor: body.next_cursor });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_cursor', errors: [{ field: 'cursor' }] });
  });

  it('lists what is allowed where a region is unknown', async () => {
    const answer = await get('/covid/incidence').query({ region: 'Atlantis' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'unknown_region', errors: [{ field: 'region' }] });
    expect(answer.body.detail).toContain('ALP (Alpha), BET (Beta & Co)');
  });

  it.each([
    ['from', '2023-02-30'],
    ['to', '2023-5-1'],
    ['from', ''],
    ['limit', '-1'],
    ['limit', '0'],
    ['limit', '10001'],
    ['limit', '9223372036854775808'],
    ['limit', '1e3'],
    ['limit', ''],
    ['order', 'cases'],
    ['cursor', 'not a cursor!'],
    ['region', ''],
    ['region', 'DEU\0'],
    ['metric', 'new_cases'],
    ['region[]', 'ALP'],
    ['__proto__', 'x'],
  ])('refuses %s=%j, naming the field', async (field, value) => {
    const answer = await get(`/covid/incidence?${field}=${encodeURIComponent(value)}`);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body.errors).toEqual([{ field, message: expect.any(String) }]);
  });

  it('refuses a from after to, and a parameter given twice', async () => {
    const backwards = await get('/covid/incidence?from=2023-05-02&to=2023-05-01');
    expect([backwards.status, backwards.body.errors[0].field]).toEqual([400, 'from']);
    const twice = await get('/covid/incidence?limit=1&limit=2');
    expect([twice.status, twice.body.errors[0].field]).toEqual([400, 'limit']);
  });

  it('names what is allowed where a parameter is unknown or an order is', async () => {
    const parameter = await get('/covid/incidence?color=red');
    expect(parameter.body.errors[0].message).toContain(
      'region, from, to, metrics, basis, interval, as_of, order, limit, cursor, format',
    );
    const order = await get('/covid/incidence?order=cases');
    expect(order.body.errors[0].message).toContain('date, -date, region, -region');
  });

  it('lists regions', async () => {
    const { body } = await get('/covid/regions');
    const days = { first_date: '2023-05-01', last_date: '2023-05-03', count: 3 };
    expect(body).toEqual({
      data: [
        { region: 'ALP', region_name: 'Alpha', ...days },
        { region: 'BET', region_name: 'Beta & Co', ...days },
      ],
      next_cursor: null,
    });
    expect((await get('/covid/regions?limit=1')).status).toBe(400);
  });

  it('needs a key with the scope data', async () => {
    expect((await api.http.get('/covid/incidence')).status).toBe(401);
    const { api_key } = await api.operator.createKey('bob@example.org', ['pipelines']);
    const answer = await api.http.get('/covid/incidence').set('x-key', api_key);
    expect([answer.status, answer.body.code]).toEqual([403, 'missing_scope']);
    expect(answer.body.detail).toContain('data');
  });
});
