import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentVariables } from '@weir/config';
import type { IncidenceRow } from '@weir/incidence';
import { operationsClient, socketPath, type Operations } from '@weir/operations';
import { Program } from './program.js';
import { covid } from './sample-reading.js';

export type Settings = { readonly [variable: string]: string };

const embedded = new URL('../../../apps/embedded/bin/weir-embedded.js', import.meta.url);

/** Every variable at its default, whatever a developer's shell or `.env` says; no limits, and cheap passwords. */
export function environment(settings: Settings): Settings {
  return {
    ...Object.fromEntries(environmentVariables.map((variable) => [variable.name, variable.default])),
    PORT: '0',
    BCRYPT_COST: '4',
    RATE_LIMIT_KEY: '0',
    RATE_LIMIT_ADDRESS: '0',
    RATE_LIMIT_ACCOUNT: '0',
    LOG_FORMAT: 'text',
    LOG_LEVEL: 'warn',
    ...settings,
  };
}

/** What `npm start` runs. */
export function start(settings: Settings): Program {
  return new Program(embedded, [], environment(settings));
}

/** Waits until everything is loaded. @returns the address that the program says. */
export async function untilReady(program: Program): Promise<string> {
  const [, address = ''] = await program.until(/^Ready: (\S+)$/m);
  return address;
}

/** The operations of the system that owns a home folder, as the command line reaches them. */
export function operationsOf({ WEIR_HOME: home = '' }: Settings): Operations {
  return operationsClient(socketPath(home));
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(url, init);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.json() };
}

export function post(url: string, body: unknown): Promise<Answer> {
  return request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

export async function register(address: string, email: string): Promise<string> {
  const answer = await post(`${address}/users`, { email, password: 'correct horse battery' });
  if (answer.status !== 201) throw new Error(`registration answered ${JSON.stringify(answer)}`);
  return (answer.body as { api_key: string }).api_key;
}

/** Every row that a reader can get, by region and day: all pages of the API. */
export async function allRows(address: string, key: string): Promise<IncidenceRow[]> {
  const rows: IncidenceRow[] = [];
  let cursor: string | null = null;
  do {
    const query: string = new URLSearchParams({
      order: 'region',
      limit: '10000',
      ...(cursor && { cursor }),
    }).toString();
    const { status, body } = await request(`${address}/covid/incidence?${query}`, { headers: { 'x-key': key } });
    if (status !== 200) throw new Error(`a page answered ${status}: ${JSON.stringify(body)}`);
    const page = body as { data: IncidenceRow[]; next_cursor: string | null };
    for (const row of page.data) rows.push(row);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return rows;
}

/** A folder for a spec's homes and files, short enough for the path of a socket. */
export interface TestFolder {
  readonly path: string;
  /** A home in it, and the flagship with a schedule that never comes while a test looks at its runs. */
  home(name: string): Settings;
  remove(): Promise<void>;
}

export async function testFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'weir-'));
  const pipelines = join(path, 'pipelines');
  await cp(fileURLToPath(covid), join(pipelines, 'covid'), { recursive: true });
  const file = join(pipelines, 'covid/pipeline.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/cron: '.*'/, "cron: '0 0 29 2 *'"));
  return {
    path,
    home: (name) => ({ WEIR_HOME: join(path, name), PIPELINES: pipelines }),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
