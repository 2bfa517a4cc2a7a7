import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWeirClient, WeirProblem, type IncidenceRow, type WeirClient } from '@weir/client';
import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, password, type ApiUnderTest } from './api-under-test.js';

describe('the client that is made from the document', () => {
  let api: ApiUnderTest;
  let baseUrl: string;
  let weir: WeirClient;

  beforeAll(async () => {
    api = await apiUnderTest();
    baseUrl = await api.app.getUrl();
    const regions = { 'XA-01': 'Alder', 'XA-02': 'Birch & Co' };
    api.incidence.commit(
      'covid',
      Object.entries(regions).flatMap(([region, region_name]) =>
        ['2023-05-14', '2023-05-15', '2023-05-16'].map((date) => incidenceFigure({ region, region_name, date })),
      ),
    );
    const body = { email: 'ada@example.org', password };
    weir = createWeirClient({ baseUrl, key: (await createWeirClient({ baseUrl }).post('/users', { body })).api_key });
  });
  afterAll(() => api.close());

  const all = async (rows: AsyncIterable<IncidenceRow>) => {
    const places: string[] = [];
    for await (const { region, date } of rows) places.push(`${region} ${date}`);
    return places;
  };

  it('registers, and says who holds the key', async () => {
    const { email, scopes } = await weir.get('/users/me');
    expect([email, scopes]).toEqual(['ada@example.org', ['data']]);
  });

  it('goes through all pages, and asks for no more than are wanted', async () => {
    const whole = await weir.get('/covid/incidence', { query: { order: 'region' } });
    const places = whole.data.map(({ region, date }) => `${region} ${date}`);
    expect(places).toHaveLength(6);
    expect(await all(weir.incidence({ order: 'region', pageSize: 4 }))).toEqual(places);
    const before = api.log.length;
    for await (const _row of weir.incidence({ pageSize: 2 })) break;
    expect(api.log.slice(before).filter(({ event }) => event === 'request')).toHaveLength(1);
  });

  it('streams the same rows as NDJSON and as CSV', async () => {
    const places = await all(weir.incidence({ order: 'region' }));
    expect(await all(weir.incidenceStream({ order: 'region' }))).toEqual(places);
    const csv = await new Response(await weir.incidenceCsv({ order: 'region' })).text();
    const [header, ...lines] = csv.trimEnd().split(/\r?\n/);
    expect(header).toContain('region,region_name,date,new_cases');
    expect(lines).toHaveLength(places.length);
  });

  it('spells lists as the API reads them', async () => {
    const { data } = await weir.get('/covid/incidence', {
      query: { region: ['XA-01', 'Birch & Co'], metrics: ['new_cases', 'new_deaths'], to: '2023-05-14' },
    });
    expect(data.map(({ region }) => region)).toEqual(['XA-01', 'XA-02']);
    expect(data[0]).toHaveProperty('new_deaths');
    expect(data[0]).not.toHaveProperty('new_recovered');
  });

  it('throws a refusal with all that it says', async () => {
    const refusal: unknown = await weir
      .get('/covid/incidence', { query: { from: '2023-02-30' } })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WeirProblem);
    expect(refusal).toMatchObject({
      code: 'validation_failed',
      status: 400,
      detail: expect.stringContaining('from'),
      request_id: expect.stringMatching(/./),
      errors: [{ field: 'from', message: expect.stringContaining('YYYY-MM-DD') }],
    });
    const stream = weir.incidenceCsv({ region: ['Atlantis'] });
    await expect(stream).rejects.toMatchObject({ code: 'unknown_region', status: 400 });
  });

  it('sends no key where it has none', async () => {
    const refusal = createWeirClient({ baseUrl }).get('/users/me');
    await expect(refusal).rejects.toMatchObject({ code: 'missing_api_key', status: 401 });
  });

  it('asks again only for what has changed', async () => {
    const first = await weir.getIfChanged('/covid/regions', null);
    expect(first?.data.data).toHaveLength(2);
    expect(first?.tag).toMatch(/^W\/"/);
    expect(await weir.getIfChanged('/covid/regions', first!.tag)).toBeNull();
    api.incidence.commit('covid', [incidenceFigure({ region: 'XA-03', region_name: 'Cedar', revision: 2_000 })]);
    expect((await weir.getIfChanged('/covid/regions', first!.tag))?.data.data).toHaveLength(3);
  });

  it('says so where something else than a Weir answers', async () => {
    const proxy = createServer((_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const elsewhere = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const refusal = createWeirClient({ baseUrl: elsewhere }).get('/health');
    await expect(refusal).rejects.toMatchObject({ code: 'not_an_answer_of_weir', status: 502, request_id: null });
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('says what is down, although that comes with 503', async () => {
    const check = () => Promise.reject(new Error('refused'));
    const down = await apiUnderTest({ health: [{ name: 'clickhouse', check }] });
    const answer = await createWeirClient({ baseUrl: await down.app.getUrl() }).get('/health');
    expect(answer).toMatchObject({ status: 'down', dependencies: { clickhouse: { status: 'down' } } });
    await down.close();
  });

  it('knows at compile time what a route takes and gives', () => {
    const wrong = () => {
      // @ts-expect-error there is no such route
      void weir.get('/covid/nowhere');
      // @ts-expect-error there is no such parameter
      void weir.get('/covid/incidence', { query: { color: 'red' } });
      // @ts-expect-error a body is needed
      void weir.post('/users');
    };
    expect(wrong).toBeInstanceOf(Function);
  });
});
