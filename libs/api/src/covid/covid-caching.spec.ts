import { incidenceFigure } from '@weir/testing';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';
import { received } from '../../test/received.js';

const paths = [
  '/covid/incidence',
  '/covid/incidence?limit=1',
  '/covid/incidence?format=csv',
  '/covid/incidence?format=ndjson&limit=1',
  '/covid/regions',
  '/covid/summary',
];

describe.each(paths)('asking again for %s', (path) => {
  let api: ApiUnderTest;
  let key: string;

  beforeEach(async () => {
    api = await apiUnderTest({ rateLimits: { key: 100 } });
    key = await api.register();
    api.incidence.commit('covid', [incidenceFigure(), incidenceFigure({ date: '2023-05-02' })]);
  });
  afterEach(() => api.close());

  const get = (headers: { readonly [name: string]: string } = {}, method = 'GET') =>
    received(api.app, path, { 'x-key': key, ...headers }, method);
  const commit = () => {
    const changed = { region_name: 'New Alpha', revision: 2 };
    const days = [incidenceFigure(changed), incidenceFigure({ ...changed, date: '2023-05-02' })];
    api.incidence.commit('covid', days);
  };

  it('gets a weak tag, and may be kept by its reader but not unasked', async () => {
    const { status, headers } = await get();
    expect(status).toBe(200);
    expect(headers.etag).toMatch(/^W\/"[\w-]{43}"$/);
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(headers.vary).toBe('Accept, Accept-Encoding, x-key');
    expect((await get()).headers.etag).toBe(headers.etag);
  });

  it('gets 304 without a body while nothing has changed, in any way of saying so', async () => {
    const { etag = '' } = (await get()).headers;
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': known });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      expect(again.headers).toMatchObject({
        etag,
        'cache-control': 'private, no-cache',
        vary: 'Accept, Accept-Encoding, x-key',
        'ratelimit-limit': '100',
        'x-request-id': expect.any(String),
      });
      expect(again.headers['content-type']).toBeUndefined();
      expect(again.headers['x-next-cursor']).toBeUndefined();
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('gets the new figures as soon as they are committed', async () => {
    const before = await get();
    commit();
    const after = await get({ 'if-none-match': before.headers.etag ?? '' });
    expect(after.status).toBe(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.body.toString()).toContain('New Alpha');
  });

  it('gets with HEAD what GET gets, but for the body', async () => {
    const whole = await get();
    const head = await get({}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
    const compared = ['etag', 'content-type', 'content-length', 'cache-control', 'vary', 'x-next-cursor'];
    for (const name of compared) expect(head.headers[name]).toBe(whole.headers[name]);
    expect((await get({ 'if-none-match': whole.headers.etag ?? '' }, 'HEAD')).status).toBe(304);
  });

  it('needs the key, whatever is known already', async () => {
    const { etag = '' } = (await get()).headers;
    const stranger = await received(api.app, path, { 'if-none-match': etag });
    expect(stranger.status).toBe(401);
    expect(stranger.headers['cache-control']).toBe('no-store');
    expect(stranger.headers.etag).toBeUndefined();
  });
});
