import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environmentVariables } from '@weir/config';
import type { IncidenceRow } from '@weir/incidence';

export type Settings = { readonly [variable: string]: string };

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The flagship's folder, and the rows that its sample's history and page give after the rules. */
export const covid = fileURLToPath(new URL('../../../pipelines/covid', import.meta.url));
export const HISTORY_ROWS = 19_466;
export const PAGE_ROWS = 98;

const commandLine = fileURLToPath(new URL('../bin/weir.js', import.meta.url));
const embedded = fileURLToPath(new URL('../../embedded/bin/weir-embedded.js', import.meta.url));

/** Every variable at its default, whatever a developer's shell or `.env` says. */
function environment(settings: Settings): Settings {
  return {
    ...Object.fromEntries(environmentVariables.map((variable) => [variable.name, variable.default])),
    PORT: '0',
    BCRYPT_COST: '4',
    ...settings,
  };
}

/** `npx weir <words>`, called in the folder `cwd`; its output is no terminal. */
export function weir(settings: Settings, words: readonly string[], cwd?: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const options = { env: environment(settings), ...(cwd === undefined ? {} : { cwd }) };
    execFile(process.execPath, [commandLine, ...words], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(new Error('weir could not be run', { cause: error }));
      else resolve({ status: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** The same with --json; whatever it printed must be JSON. */
export async function weirJson<T>(
  settings: Settings,
  words: readonly string[],
): Promise<{ status: number; answer: T }> {
  const { status, stdout, stderr } = await weir(settings, [...words, '--json']);
  if (stdout === '')
    throw new Error(`weir ${words.join(' ')} --json ended with ${status} and printed nothing: ${stderr}`);
  return { status, answer: JSON.parse(stdout) as T };
}

const systems = new Set<ChildProcess>();

/** What `npm start` runs, loaded and serving. */
export async function startSystem(settings: Settings): Promise<{ address: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [embedded], { env: environment(settings), stdio: ['ignore', 'pipe', 'pipe'] });
  systems.add(child);
  const gone = once(child, 'close').then(() => systems.delete(child));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said += `${line}\n`;
      const ready = /^Ready: (\S+)$/.exec(line)?.[1];
      if (ready !== undefined) resolve(ready);
    });
    void gone.then(() => reject(new Error(`the system ended before it was ready:\n${said}`)));
  });
  return {
    address,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** For afterAll: leaves no system behind, whatever a test did. */
export async function killSystems(): Promise<void> {
  await Promise.all(
    [...systems].map(async (child) => {
      child.kill('SIGKILL');
      await once(child, 'close');
    }),
  );
}

export async function get(url: string, key: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, { headers: { 'x-key': key } });
  return { status: answer.status, body: await answer.json() };
}

/** Every row that the API shows: all its pages, by region and day. */
export async function rowsAt(address: string, key: string): Promise<IncidenceRow[]> {
  const rows: IncidenceRow[] = [];
  let cursor: string | null = null;
  do {
    const query: string = new URLSearchParams({
      order: 'region',
      limit: '10000',
      ...(cursor && { cursor }),
    }).toString();
    const { body } = await get(`${address}/covid/incidence?${query}`, key);
    const page = body as { data: IncidenceRow[]; next_cursor: string | null };
    rows.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return rows;
}

/** Without which run brought a row. */
export function figuresOf(rows: readonly IncidenceRow[]) {
  return rows.map(({ run_id: _run, revision: _revision, ...figures }) => figures);
}
