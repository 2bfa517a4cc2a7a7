import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from '@weir/operations';
import { testFolder, type TestFolder } from '@weir/testing';
import { weir, weirJson } from './weir.js';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

it('workers lists a process that another terminal started for a run, while it executes it', async () => {
  const page = createServer().listen(0, '127.0.0.1');
  await once(page, 'listening');
  const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/page`;
  const settings = { ...folder.home('home'), COVID_PAGE_URL: url };
  try {
    const asked = once(page, 'request') as Promise<[unknown, ServerResponse]>;
    const run = weir(settings, ['run', 'covid', '--branch', 'update']);
    const [, response] = await asked;
    const { answer } = await weirJson<{ data: Worker[] }>(settings, ['workers']);
    expect(answer.data).toMatchObject([
      { status: 'busy', running: [{ pipeline: 'covid', step: 'extract', since: expect.any(String) }] },
    ]);
    expect((await weir(settings, ['workers'])).stdout).toMatch(/ busy +covid extract +2 +0 /);
    response.writeHead(404).end();
    expect((await run).status).toBe(1);
  } finally {
    page.closeAllConnections();
    page.close();
  }
});
