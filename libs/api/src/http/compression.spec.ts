import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, password, type ApiUnderTest } from '../../test/api-under-test.js';
import { received } from '../../test/received.js';

describe('compression', () => {
  let api: ApiUnderTest;
  let key: string;

  beforeAll(async () => {
    api = await apiUnderTest();
    key = await api.register();
    const days = Array.from({ length: 31 }, (_, day) => `2023-05-${String(day + 1).padStart(2, '0')}`);
    api.incidence.commit(
      'covid',
      days.map((date) => incidenceFigure({ date })),
    );
  });
  afterAll(() => api.close());

  const get = (path: string, encoding?: string) =>
    received(api.app, path, { 'x-key': key, ...(encoding !== undefined && { 'accept-encoding': encoding }) });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['gzip;q=0.5, br;q=0.1', gunzipSync],
  ])('says the same in %s, in fewer bytes and under the same tag, of pages and streams', async (encoding, open) => {
    for (const format of ['json', 'csv', 'ndjson']) {
      const plain = await get(`/covid/incidence?format=${format}`);
      const packed = await get(`/covid/incidence?format=${format}`, encoding);
      expect(packed.headers['content-encoding']).toBe(encoding.split(/[;,]/)[0]);
      expect(open(packed.body)).toEqual(plain.body);
      expect(packed.body.length).toBeLessThan(plain.body.length / 2);
      expect(packed.headers['content-length']).toBeUndefined();
      expect(packed.headers.etag).toBe(plain.headers.etag);
      for (const { headers } of [plain, packed]) expect(headers.vary).toBe('Accept, Accept-Encoding, x-key');
    }
  });

  it.each([undefined, 'identity', 'br;q=0, gzip;q=0', 'zstd'])('is not for who accepts %j', async (encoding) => {
    const { headers } = await get('/covid/incidence', encoding);
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('is not worth it below 1 KB', async () => {
    const { headers, body } = await get('/covid/incidence?limit=1', 'gzip');
    expect(body.length).toBeLessThan(1024);
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('never touches the answer to a POST, which may hold a key', async () => {
    const answer = await api.http
      .post('/users')
      .set('accept-encoding', 'gzip, br')
      .send({ email: `${'a'.repeat(50)}@example.org`, password: `${password} and more` });
    expect(answer.status).toBe(201);
    expect(answer.headers['content-encoding']).toBeUndefined();
    // Long enough for any other answer.
    const refused = await api.http
      .post('/users')
      .set('accept-encoding', 'gzip, br')
      .send(Object.fromEntries(Array.from({ length: 50 }, (_, field) => [`no_such_field_${field}`, 1])));
    expect(refused.text.length).toBeGreaterThan(1024);
    expect(refused.headers['content-encoding']).toBeUndefined();
  });

  it('is for the docs, too', async () => {
    const { headers, body } = await get('/redoc/redoc.js', 'br');
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(body).length).toBeGreaterThan(100_000);
  });
});
