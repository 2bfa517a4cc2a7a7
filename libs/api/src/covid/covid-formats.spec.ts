import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

const csvType = 'text/csv; charset=utf-8; header=present';
const ndjsonType = 'application/x-ndjson; charset=utf-8';
const jsonType = 'application/json; charset=utf-8';

describe('formats of figures', () => {
  let api: ApiUnderTest;
  let key: string;
  const days = ['2023-05-01', '2023-05-02', '2023-05-03'];
  const figures = days.map((date, day) =>
    incidenceFigure({
      date,
      region_name: 'Alpha, the "first"',
      new_deaths: null,
      filled: day === 1 ? ['new_cases', 'new_hospitalized'] : [],
    }),
  );

  beforeAll(async () => {
    api = await apiUnderTest();
    key = await api.register();
    api.incidence.commit('covid', figures);
  });
  afterAll(() => api.close());

  const get = (query: string, accept?: string) => {
    const request = api.http.get(`/covid/incidence${query}`).set('x-key', key);
    return (accept === undefined ? request : request.set('accept', accept)).buffer(true).parse((answer, done) => {
      const parts: Buffer[] = [];
      answer
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => done(null, Buffer.concat(parts).toString()));
    });
  };

  it.each([
    ['json', undefined, jsonType],
    ['json', 'text/csv', jsonType],
    ['csv', 'application/json', csvType],
    ['csv', 'image/png', csvType],
    ['ndjson', undefined, ndjsonType],
  ])('format=%s wins over Accept: %s', async (format, accept, type) => {
    const answer = await get(`?format=${format}`, accept);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
  });

  it.each([
    ['*/*', jsonType],
    ['application/*', jsonType],
    ['text/*', csvType],
    ['text/csv', csvType],
    ['TEXT/CSV', csvType],
    ['text/csv; charset=UTF-8', csvType],
    ['application/json; charset=utf-8', jsonType],
    ['application/x-ndjson', ndjsonType],
    ['application/ndjson', ndjsonType],
    ['text/csv, application/json', csvType],
    ['application/json;q=0.1, text/csv;q=0.9', csvType],
    ['text/csv;q=0, */*', jsonType],
    ['image/png, application/x-ndjson;q=0.2', ndjsonType],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', jsonType],
  ])('Accept: %s gets %s', async (accept, type) => {
    const answer = await get('', accept);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
  });

  it('is JSON where nobody says anything', async () => {
    expect((await get('')).headers['content-type']).toBe(jsonType);
  });

  it.each(['image/png', 'application/json;q=0', 'text/html, application/xml'])(
    'refuses Accept: %s, listing what there is',
    async (accept) => {
      const answer = await get('', accept);
      const problem = JSON.parse(answer.body as string) as { code: string; detail: string };
      expect([answer.status, answer.headers['content-type'], problem.code]).toEqual([
        406,
        'application/problem+json',
        'not_acceptable',
      ]);
      for (const type of ['application/json', 'text/csv', 'application/x-ndjson'])
        expect(problem.detail).toContain(type);
    },
  );

  it('writes CSV with a header line, empty nulls, filled joined by |, and quotes where they are needed', async () => {
    const { body, headers } = await get('?format=csv');
    const [header, , second, ...rest] = (body as string).split('\n');
    expect(header).toBe(
      'region,region_name,date,new_cases,new_deaths,new_recovered,new_hospitalized,basis,filled,source,run_id,revision',
    );
    const { run_id } = figures[0]!;
    expect(second).toBe(
      `ALP,"Alpha, the ""first""",2023-05-02,10,,,0,reported,new_cases|new_hospitalized,history.csv,${run_id},1`,
    );
    expect(rest).toHaveLength(2);
    expect(rest.at(-1)).toBe('');
    expect(headers['content-disposition']).toBe('attachment; filename="covid-incidence.csv"');
  });

  it('writes NDJSON that says what JSON does', async () => {
    const { body, headers } = await get('?format=ndjson');
    const rows = (body as string)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(rows).toEqual(figures);
    expect(headers['content-disposition']).toBe('attachment; filename="covid-incidence.ndjson"');
    expect((await get('')).headers['content-disposition']).toBeUndefined();
  });

  it('writes a header line alone, or nothing, where there is no row', async () => {
    expect((await get('?format=csv&from=2030-01-01&metrics=new_cases')).body).toBe(
      'region,region_name,date,new_cases,basis,filled,source,run_id,revision\n',
    );
    expect((await get('?format=ndjson&from=2030-01-01')).body).toBe('');
  });

  it.each(['csv', 'ndjson'])('pages through %s by X-Next-Cursor, which the last page lacks', async (format) => {
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const { body, headers } = await get(
        `?format=${format}&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      );
      pages.push(body as string);
      cursor = headers['x-next-cursor'];
      if (cursor !== undefined) expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    } while (cursor !== undefined);
    expect(pages).toHaveLength(2);
    const whole = (await get(`?format=${format}`)).body as string;
    const header = format === 'csv' ? `${whole.split('\n')[0]}\n` : '';
    expect(pages.map((page) => page.slice(header.length)).join('')).toBe(whole.slice(header.length));
    expect((await get(`?format=${format}&limit=3`)).headers['x-next-cursor']).toBeUndefined();
  });

  it('streams all that comes after a cursor, whatever format the cursor came in', async () => {
    const { body } = await get('?limit=1');
    const { next_cursor } = JSON.parse(body as string) as { next_cursor: string };
    const rest = await get(`?format=ndjson&cursor=${next_cursor}`);
    expect((rest.body as string).trimEnd().split('\n')).toEqual(figures.slice(1).map((row) => JSON.stringify(row)));
    expect(rest.headers['x-next-cursor']).toBeUndefined();
  });
});
