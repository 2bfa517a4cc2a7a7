import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { apiUnderTest, password, type ApiUnderTest } from '../../test/api-under-test.js';

class Broken extends MemoryIncidenceRepository {
  override snapshot(): Promise<never> {
    return Promise.reject(new Error('broken'));
  }
}

describe('every answer', () => {
  let api: ApiUnderTest;
  let key: string;
  beforeAll(async () => {
    api = await apiUnderTest({ incidence: new Broken() });
    key = await api.register();
  });
  afterAll(() => api.close());

  const answers = [
    ['200', () => api.http.get('/users/me').set('x-key', key)],
    ['201', () => api.http.post('/users').send({ email: 'bob@example.org', password })],
    ['302', () => api.http.get('/')],
    ['400', () => api.http.post('/users').send({})],
    ['400', () => api.http.post('/users').set('Content-Type', 'application/json').send('{')],
    ['401', () => api.http.get('/users/me')],
    ['404', () => api.http.get('/nowhere')],
    ['405', () => api.http.put('/users')],
    ['409', () => api.http.post('/users').send({ email: 'ada@example.org', password })],
    ['415', () => api.http.post('/users').set('Content-Type', 'text/plain').send('x')],
    ['500', () => api.http.get('/covid/incidence').set('x-key', key)],
  ] as const;

  it.each(answers)(
    '%s carries the headers that keep a browser from harm, and none about what runs here',
    async (status, ask) => {
      const { headers, status: answered } = await ask();
      expect(String(answered)).toBe(status);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'x-request-id': expect.any(String),
        'x-correlation-id': expect.any(String),
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it.each(answers)('%s is for pages of this host alone: there is no CORS', async (status, ask) => {
    const { headers, status: answered } = await ask().set('Origin', 'https://elsewhere.example');
    // The second registration of an address is refused, which is not the point here.
    expect([status, '409']).toContain(String(answered));
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('refuses the question of another page whether it may send JSON', async () => {
    const answer = await api.http
      .options('/users')
      .set('Origin', 'https://elsewhere.example')
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'content-type');
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
