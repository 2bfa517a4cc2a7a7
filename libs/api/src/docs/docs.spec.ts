import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';

describe('the docs', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await apiUnderTest();
  });
  afterAll(() => api.close());

  it.each(['/docs', '/redoc'])('%s loads only what this host serves and runs no inline script', async (page) => {
    const { text, headers } = await api.http.get(page).expect(200);
    const policy = headers['content-security-policy'];
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https:|upgrade-insecure-requests/);
    expect(text).not.toMatch(/<script>|https?:/);
    const assets = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].flatMap(([, asset]) => asset ?? []);
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      const loaded = await api.http.get(asset).expect(200);
      expect(loaded.headers['content-type']).toMatch(/^(text\/(javascript|css)|image\/png)/);
    }
  });

  it('leave out the image that ReDoc would load from another host', async () => {
    const { text } = await api.http.get('/redoc/redoc.js');
    expect(text).toContain('redocly logo');
    expect(text).not.toContain('cdn.');
  });

  it('say which routes need a key: all but those for newcomers and probes', async () => {
    const { body } = await api.http.get('/openapi.json').expect(200);
    expect(body.info).toMatchObject({ title: 'Weir', version: '1.2.3' });
    const open = Object.entries<{ [method: string]: Operation }>(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) =>
        security?.some((each) => 'x-key' in each) ? [] : [`${method} ${path}`],
      ),
    );
    const probes = ['get /health', 'get /health/live', 'get /health/ready', 'get /metrics'];
    expect([...probes, 'post /users', 'post /users/key']).toEqual(expect.arrayContaining(open));
    expect(body.components.securitySchemes['x-key']).toMatchObject({ type: 'apiKey', in: 'header', name: 'x-key' });
  });
});

interface Operation {
  readonly security?: readonly object[];
}
