import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Artefact, PipelineStatus, PipelineView, Reject, RunReport, Worker } from '@weir/operations';
import type { Run } from '@weir/orchestration';
import {
  type Answer,
  killPrograms,
  operationsOf,
  type Program,
  request,
  type Settings,
  start,
  type TestFolder,
  testFolder,
} from '@weir/testing';
import { startClickHouse } from '../src/engines/clickhouse.js';

/** What the API tells of runs, pipelines and workers, with the real program, and with failures that are real. */

const columns = { region: 'region', date: 'date', new_cases: 'cases' };
const SECRETS = /hunter2|t0ps3cret/;

let folder: TestFolder;
let home: Settings;
let page: Server;
let system: Program;
let address: string;
let key: string;

beforeAll(async () => {
  folder = await testFolder();
  home = folder.home('home');
  page = createServer((_request, response) => response.writeHead(403).end()).listen(0, '127.0.0.1');
  await once(page, 'listening');
  const { port } = page.address() as AddressInfo;
  const url = `http://me:hunter2@127.0.0.1:${port}/page?token=t0ps3cret`;
  await define('absent', { branches: { backfill: csv(join(folder.path, 'my files/history.csv')) } });
  await define('refused', {
    branches: { update: { source: { type: 'html', url, table: { selector: 'table' }, columns } } },
  });
  await define('rejecting', { max_rejected: 5, branches: { backfill: csv('history.csv') } });
  await write('rejecting/history.csv', 'region,date,cases\nA,2023-05-01,1\nA,2023-05-02,n/a\nA,yesterday,3\n');
  await define('mistaken', { branches: {} });
  await begin();
});

afterAll(async () => {
  await killPrograms();
  page.close();
  await folder.remove();
});

const csv = (paths: string) => ({ source: { type: 'csv', paths, columns } });

async function write(file: string, text: string): Promise<void> {
  const path = join(folder.path, 'pipelines', file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

/** JSON is YAML. */
function define(name: string, more: object): Promise<void> {
  return write(`${name}/pipeline.yaml`, JSON.stringify({ name, sink: { type: 'incidence' }, ...more }));
}

async function begin(): Promise<void> {
  system = start(home);
  [, address = ''] = await system.until(/^(?:Ready|Serving, but .*): (\S+)$/m);
  ({ api_key: key } = await operationsOf(home).keysCreate({ email: 'ops@example.org', scopes: ['pipelines'] }));
}

/** Whatever is asked, no answer holds a secret, or where anything is on this machine. */
async function get<T>(path: string): Promise<Answer & { readonly body: T }> {
  const answer = await request(`${address}${path}`, { headers: { 'x-key': key } });
  const text = JSON.stringify(answer.body);
  expect(text).not.toMatch(SECRETS);
  expect(text).not.toContain(folder.path);
  return answer as Answer & { readonly body: T };
}

/** A run that fails, as the operator sees it. */
async function failed(pipeline: string) {
  const run = await operationsOf(home).run({ pipeline, branch: null, only: null }, () => undefined);
  expect(run.status).toBe('failed');
  return run;
}

it('shows the runs of the first start, each with its steps, rows and files', async () => {
  const { body } = await get<{ data: Run[] }>('/runs?pipeline=covid');
  expect(body.data.map(({ branch, status, counts }) => [branch, status, counts.published])).toEqual([
    ['update', 'succeeded', 98],
    ['backfill', 'succeeded', 19_466],
  ]);
  const id = body.data[1]?.run_id ?? '';
  const { body: run } = await get<RunReport>(`/runs/${id}`);
  expect(run.revision).toBe(1);
  expect(run.tasks.map(({ name, rows }) => [name, rows])).toEqual([
    ['open_run', null],
    ['check_history', null],
    ['extract', null],
    ['transform', 19_466],
    ['compare_with_stored', 19_466],
    ['load_data', 19_466],
    ['commit_run', null],
    ['close_run', null],
  ]);
  for (const { seconds } of run.tasks) expect(seconds).toBeGreaterThanOrEqual(0);
  const { body: files } = await get<{ data: Artefact[] }>(`/runs/${id}/artefacts`);
  expect(new Set(files.data.map(({ kind }) => kind))).toEqual(
    new Set(['plan', 'raw', 'manifest', 'rejects', 'rows', 'changes', 'report']),
  );
  for (const { kind, sha256, name } of files.data) {
    if (kind === 'raw') expect([sha256, name]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String)]);
  }
  expect((await get(`/runs/${id}/rejects`)).body).toEqual({ data: [], next_cursor: null });
});

it('shows which rows a run left out, where they stand, and why', async () => {
  const { run_id } = await operationsOf(home).run({ pipeline: 'rejecting', branch: null, only: null }, () => undefined);
  const { body: first } = await get<{ data: Reject[]; next_cursor: string }>(`/runs/${run_id}/rejects?limit=1`);
  const { body: second } = await get<{ data: Reject[] }>(`/runs/${run_id}/rejects?cursor=${first.next_cursor}`);
  expect(second).toMatchObject({ next_cursor: null });
  expect([...first.data, ...second.data]).toEqual([
    expect.objectContaining({ file: 'history.csv', row: 3, code: 'invalid_figure' }),
    expect.objectContaining({ file: 'history.csv', row: 4, code: 'invalid_date' }),
  ]);
  expect(first.data[0]?.record).toEqual({ region: 'A', date: '2023-05-02', cases: 'n/a' });
});

it('tells of a file that is missing its name, and the operator its path', async () => {
  const { run_id, error } = await failed('absent');
  expect(error?.message).toContain(join(folder.path, 'my files/history.csv'));
  const { body } = await get<RunReport>(`/runs/${run_id}`);
  expect(body.error).toEqual({
    code: 'source_not_found',
    message: expect.stringContaining('There is no file …/history.csv.'),
  });
  expect(body.tasks.find(({ name }) => name === 'check_history')?.error).toEqual(body.error);
});

it('tells of a page that refuses where it is, without its password and token', async () => {
  const { run_id } = await failed('refused');
  const { body } = await get<RunReport>(`/runs/${run_id}`);
  expect(body.error).toEqual({
    code: 'source_refused',
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/page\?… answered 403\./),
  });
});

it('shows the pipelines, what they read, and which file has mistakes', async () => {
  const { body } = await get<{ data: PipelineView[] }>('/pipelines');
  const named = Object.fromEntries(body.data.map((each) => [each.name, each]));
  expect(Object.keys(named)).toEqual(['absent', 'covid', 'mistaken', 'refused', 'rejecting']);
  expect(named['covid']).toMatchObject({
    source: 'backfill: csv, update: html',
    schedule: { cron: '0 0 29 2 *', timezone: 'UTC' },
    next_run: expect.stringMatching(/^\d{4}-02-29T00:00:00\.000Z$/),
    branches: [
      { branch: 'backfill', source: { type: 'csv', count: 2 } },
      { branch: 'update', source: { type: 'html', names: ['sample/page.html'], count: 1 } },
    ],
    status: 'ok',
    last_run: { branch: 'update' },
  });
  expect(named['absent']?.branches[0]?.source).toEqual({ type: 'csv', names: [], count: null });
  expect(named['refused']?.branches[0]?.source.names).toEqual([expect.stringMatching(/^http:\/\/127[\d.:]+\/page$/)]);
  expect(named['mistaken']).toMatchObject({ status: 'invalid', problems: [{ code: 'missing_branch' }] });
});

it('tells how a pipeline is doing', async () => {
  const statusOf = async (id: string) => (await get<PipelineStatus>(`/pipelines/${id}/status`)).body;
  expect(await statusOf('covid')).toMatchObject({
    status: 'idle',
    history: 'loaded',
    current_run: null,
    last_run: { branch: 'update', status: 'succeeded' },
    last_success: { branch: 'update' },
  });
  expect(await statusOf('rejecting')).toMatchObject({ history: 'loaded', next_run: null });
  expect(await statusOf('absent')).toMatchObject({
    history: 'unknown',
    last_run: { status: 'failed' },
    last_success: null,
  });
  expect(await statusOf('refused')).toMatchObject({ history: 'none' });
  expect(await statusOf('mistaken')).toMatchObject({ status: 'invalid', history: 'unknown' });
});

it('lists the engine in this process as the one worker, as the command line does', async () => {
  const { body } = await get<{ data: Worker[] }>('/workers');
  const [worker] = await operationsOf(home).workers({});
  expect(body.data).toEqual([{ ...worker, last_seen: expect.any(String) }]);
  expect(worker).toMatchObject({ engine: 'inline', pid: system.pid, status: 'idle', running: [] });
  expect(worker?.finished).toBeGreaterThanOrEqual(24);
  // Those of `absent` and `refused`.
  expect(worker?.failed).toBeGreaterThanOrEqual(2);
});

it('tells of a database that refused no more than that, and the operator what it said', async () => {
  await system.end('SIGINT');
  const clickhouse = await startClickHouse(join(home['WEIR_HOME'] ?? '', 'clickhouse'));
  await clickhouse.command({ query: 'ALTER TABLE incidence_revisions RENAME COLUMN basis TO grounds' });
  await clickhouse.close();
  await begin();
  const { run_id, error } = await failed('covid');
  expect(error).toMatchObject({ code: 'query_failed', message: expect.stringContaining('basis') });
  const { body } = await get<RunReport>(`/runs/${run_id}`);
  expect(body.error).toEqual({
    code: 'query_failed',
    message: `A database refused what this step asked of it; the operator sees the reason with \`npx weir status ${run_id}\`.`,
  });
  expect(JSON.stringify(body)).not.toMatch(/basis|SELECT|clickhouse/i);
});
