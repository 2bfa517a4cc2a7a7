import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiUnderTest } from '../../test/api-under-test.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-page-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function build(): Promise<void> {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Weir</title>');
  await writeFile(join(folder, 'assets/start-3f2a.js'), 'render()');
  await writeFile(join(folder, 'assets/look-91bc.css'), 'body {}');
  await writeFile(join(folder, 'assets/icon-77.svg'), '<svg/>');
}

it('answers / with the page, for whoever has no key, and asks browsers to look again', async () => {
  await build();
  const api = await apiUnderTest({ page: folder });
  const { text, headers } = await api.http.get('/').expect(200);
  expect(text).toBe('<!doctype html><title>Weir</title>');
  expect([headers['content-type'], headers['cache-control']]).toEqual(['text/html; charset=utf-8', 'no-cache']);
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  await api.http.head('/').expect(200);
  expect((await api.http.post('/').expect(405)).body.code).toBe('method_not_allowed');
  await api.close();
});

it.each([
  ['start-3f2a.js', /^text\/javascript/, 'render()'],
  ['look-91bc.css', /^text\/css/, 'body {}'],
  ['icon-77.svg', /^image\/svg\+xml/, '<svg/>'],
])('answers /assets/%s with its type, to be kept for good', async (name, type, content) => {
  await build();
  const api = await apiUnderTest({ page: folder });
  const { headers, text, body } = await api.http.get(`/assets/${name}`).expect(200);
  expect(headers['content-type']).toMatch(type);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(text ?? String(body)).toBe(content);
  await api.close();
});

it('answers for no other file', async () => {
  await build();
  await writeFile(join(folder, 'secret'), 'x');
  const api = await apiUnderTest({ page: folder });
  for (const path of [
    '/index.html',
    '/secret',
    '/assets/../secret',
    '/assets/%2e%2e/secret',
    '/assets/',
    '/assets/other.js',
  ])
    expect([path, (await api.http.get(path)).status]).toEqual([path, 404]);
  await api.close();
});

it('leads to the docs where a process has no page', async () => {
  const api = await apiUnderTest({ page: null });
  const { status, headers } = await api.http.get('/');
  expect([status, headers['location']]).toEqual([302, '/docs']);
  await api.close();
});

it('does not begin where the page was not built, and says what to do', async () => {
  await expect(apiUnderTest({ page: folder })).rejects.toMatchObject({
    code: 'page_missing',
    message: expect.stringContaining('npm run build'),
  });
});
