import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IssuedKey, KeySummary } from '@weir/accounts';
import type { Preview } from '@weir/catalogue';
import type { StoreStatus } from '@weir/migrations';
import type { Health, PipelineSummary, RunDetails, Worker } from '@weir/operations';
import type { Run, Task } from '@weir/orchestration';
import type { Problem } from '@weir/pipeline';
import {
  covid,
  get,
  HISTORY_ROWS,
  killSystems,
  startSystem,
  testFolder,
  weir,
  weirJson,
  type TestFolder,
} from './weir.js';

/** What `npx weir` promises, with the real programs, beside a running `npm start` and without one. */

const KEY = /^weir_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9a-f]{8}$/;

let folder: TestFolder;

beforeAll(async () => {
  folder = await testFolder();
});

afterAll(async () => {
  await killSystems();
  await folder.remove();
});

describe.each([
  ['beside a running npm start', true],
  ['with nothing running', false],
])('%s', (_name, isRunning) => {
  const settings = () => folder.home(isRunning ? 'beside' : 'alone');
  let address: string | null = null;

  beforeAll(async () => {
    if (isRunning) ({ address } = await startSystem(settings()));
    else for (const _branch of ['backfill', 'update']) await weir(settings(), ['run', 'covid']);
  });

  afterAll(killSystems);

  it('list shows each pipeline with its source, sink, schedule and last run', async () => {
    const { status, answer } = await weirJson<{ data: PipelineSummary[] }>(settings(), ['list']);
    expect(status).toBe(0);
    expect(answer.data.find(({ name }) => name === 'covid')).toMatchObject({
      source: 'backfill: csv, update: html',
      sink: 'incidence',
      schedule: '0 0 29 2 *',
      last_run: { branch: 'update' },
      problems: [],
    });
    const text = await weir(settings(), ['list']);
    expect(text).toMatchObject({ status: 0, stderr: '' });
    expect(text.stdout).toMatch(/^PIPELINE +SOURCE +SINK +SCHEDULE \(UTC\) +LAST RUN +DESCRIPTION\ncovid /);
  });

  it('run ends with 0 and says so when the page shows nothing new', async () => {
    const { status, answer } = await weirJson<RunDetails>(settings(), ['run', 'covid']);
    expect(status).toBe(0);
    expect(answer).toMatchObject({
      pipeline: 'covid',
      branch: 'update',
      status: 'nothing_new',
      counts: { extracted: 14, rejected: 0, published: 0 },
      error: null,
    });
    expect(answer.tasks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['check_history', 'extract', 'transform', 'compare_with_stored']),
    );
    const text = await weir(settings(), ['run', 'covid']);
    expect(text.status).toBe(0);
    expect(text.stdout).toMatch(/^covid: nothing new \(update, \d+\.\d s\)\n$/);
  });

  it('run shows plain lines where it is no terminal', async () => {
    const { stderr } = await weir(settings(), ['run', 'covid', '--branch', 'backfill']);
    expect(stderr).toMatch(/^ {2}fetching +2 files\n {2}transforming +\d+ rows\n/);
    // eslint-disable-next-line no-control-regex -- a bar would write them
    expect(stderr).not.toMatch(/[\x1b\r]/);
  });

  it('status shows the latest runs, one run with its steps, and one task', async () => {
    const { status, answer } = await weirJson<{ data: Run[] }>(settings(), ['status']);
    expect(status).toBe(0);
    const backfill = answer.data.find(({ counts }) => counts.published === HISTORY_ROWS);
    expect(backfill).toMatchObject({ pipeline: 'covid', branch: 'backfill', status: 'succeeded' });
    const id = backfill?.run_id ?? '';
    const run = await weirJson<RunDetails>(settings(), ['status', id]);
    expect(run.answer).toMatchObject({ ...backfill, tasks: expect.any(Array) as Task[] });
    const load = run.answer.tasks.find(({ name }) => name === 'load_data');
    const task = await weirJson<Task>(settings(), ['status', load?.task_id ?? '']);
    expect(task.answer).toMatchObject({
      run_id: id,
      status: 'succeeded',
      attempts: 1,
      result: { published: HISTORY_ROWS },
    });
    expect((await weir(settings(), ['status', id])).stdout).toMatch(
      /^run +\S+\npipeline +covid, backfill\nstatus +succeeded\n/,
    );
    expect((await weir(settings(), ['status', load?.task_id ?? ''])).stdout).toMatch(
      /^task +\S+\nstep +load_data\nrun +\S+\nstatus +succeeded, 1 attempt\nstarted +\S+ \S+, took \S+ s\nresult +\{/,
    );
  });

  it('status of an unknown id ends with 1', async () => {
    const unknown = await weir(settings(), ['status', '6c3e6f0e-0000-4000-8000-000000000000']);
    expect(unknown).toMatchObject({ status: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^not_found: .*6c3e6f0e/);
  });

  it('health shows each dependency with its latency', async () => {
    const { status, answer } = await weirJson<Health>(settings(), ['health']);
    expect(status).toBe(0);
    expect(answer.status).toBe('ok');
    expect(Object.keys(answer.dependencies).sort()).toEqual(['clickhouse', 'postgres']);
    expect((await weir(settings(), ['health'])).stdout).toMatch(/^DEPENDENCY +STATUS +MILLISECONDS\n/);
  });

  it('workers shows who executes runs, or says that nobody does', async () => {
    const { status, answer } = await weirJson<{ data: Worker[] }>(settings(), ['workers']);
    const text = await weir(settings(), ['workers']);
    expect([status, text.status, text.stderr]).toEqual([0, 0, '']);
    if (!isRunning) {
      expect(answer).toEqual({ data: [] });
      expect(text.stdout).toMatch(/^No worker is running: npm start /);
      return;
    }
    expect(answer.data).toEqual([
      expect.objectContaining({ engine: 'inline', queue: 'inline', status: 'idle', running: [], failed: 0 }),
    ]);
    // At least the steps of the first load's backfill and update.
    expect(answer.data[0]?.finished).toBeGreaterThanOrEqual(16);
    expect(text.stdout).toMatch(
      /^WORKER +ENGINE +QUEUE +STATUS +RUNNING +FINISHED +FAILED +STARTED \(UTC\) +LAST SEEN/,
    );
  });

  it('migrate status shows that all is applied, and migrate run has nothing to do', async () => {
    const { status, answer } = await weirJson<{ data: StoreStatus[] }>(settings(), ['migrate', 'status']);
    expect(status).toBe(0);
    expect(answer.data.map(({ store }) => store).sort()).toEqual(['clickhouse', 'postgres']);
    expect(new Set(answer.data.flatMap(({ migrations }) => migrations.map(({ state }) => state)))).toEqual(
      new Set(['applied']),
    );
    expect(await weir(settings(), ['migrate', 'run'])).toEqual({
      status: 0,
      stdout: 'Nothing is pending.\n',
      stderr: '',
    });
  });

  it('dlq is empty, and a replay has nothing to do: embedded, nothing is refused without failing its run', async () => {
    expect(await weirJson(settings(), ['dlq', 'list'])).toEqual({ status: 0, answer: { data: [], next_cursor: null } });
    expect((await weir(settings(), ['dlq', 'list', '--state', 'all'])).stdout).toBe('There is no such dead letter.\n');
    expect(await weir(settings(), ['dlq', 'replay'])).toMatchObject({ status: 0, stdout: 'No dead letter waits.\n' });
    const shown = await weir(settings(), ['dlq', 'show', '0-1']);
    expect(shown).toMatchObject({ status: 1, stderr: expect.stringMatching(/^not_found: /) });
  });

  it('keys are created, listed without their secret, reissued and revoked', async () => {
    const email = 'ada@example.org';
    const held = async (key: string) => address === null || (await get(`${address}/users/me`, key)).status === 200;
    const refused = async (key: string) => address === null || (await get(`${address}/users/me`, key)).status === 401;

    const created = await weirJson<IssuedKey>(settings(), [
      'keys',
      'create',
      '--email',
      email,
      '--scopes',
      'data,pipelines',
    ]);
    expect(created.status).toBe(0);
    expect(created.answer.api_key).toMatch(KEY);
    expect(await held(created.answer.api_key)).toBe(true);

    const reissued = await weir(settings(), ['keys', 'reissue', '--email', email]);
    expect(reissued).toMatchObject({ status: 0, stderr: '' });
    const second = reissued.stdout.trim();
    expect(second).toMatch(KEY);
    expect(await refused(created.answer.api_key)).toBe(true);
    expect(await held(second)).toBe(true);

    const [, id = '', secret = ''] = second.split('_');
    expect(await weir(settings(), ['keys', 'revoke', id])).toEqual({
      status: 0,
      stdout: `revoked ${id}\n`,
      stderr: '',
    });
    expect(await refused(second)).toBe(true);
    const again = await weir(settings(), ['keys', 'revoke', id]);
    expect(again).toMatchObject({ status: 1, stdout: '' });
    expect(again.stderr).toMatch(/^key_not_found: /);

    const listed = await weirJson<{ data: KeySummary[] }>(settings(), ['keys', 'list']);
    expect(
      listed.answer.data.filter((key) => key.email === email).map(({ status, scopes }) => ({ status, scopes })),
    ).toEqual([
      { status: 'revoked', scopes: ['data', 'pipelines'] },
      { status: 'revoked', scopes: ['data', 'pipelines'] },
    ]);
    expect(JSON.stringify(listed.answer)).not.toContain(secret);
    expect((await weir(settings(), ['keys', 'list'])).stdout).toMatch(/^KEY +E-MAIL +SCOPES +STATUS /);
  });

  it('keys end when they were created to, and all of a user are revoked together', async () => {
    const email = 'grace@example.org';
    const create = (...more: string[]) =>
      weirJson<IssuedKey>(settings(), ['keys', 'create', '--email', email, '--scopes', 'data', ...more]);
    expect((await create('--expires', '2099-12-31')).status).toBe(0);
    expect((await create()).status).toBe(0);
    const ofUser = async () => {
      const { answer } = await weirJson<{ data: KeySummary[] }>(settings(), ['keys', 'list']);
      return answer.data.filter((key) => key.email === email);
    };
    expect((await ofUser()).map(({ status, expires_at }) => [status, expires_at])).toEqual([
      ['active', '2099-12-31T23:59:59.999Z'],
      ['active', null],
    ]);
    expect((await weir(settings(), ['keys', 'list'])).stdout).toMatch(/EXPIRES[^]* 2099-12-31 23:59:59 /);
    const revoked = await weirJson<{ revoked: string[] }>(settings(), ['keys', 'revoke', '--email', email]);
    expect(revoked.answer.revoked.sort()).toEqual((await ofUser()).map(({ id }) => id).sort());
    expect((await ofUser()).map(({ status }) => status)).toEqual(['revoked', 'revoked']);
  });

  it.each([
    [['a@example.org', 'everything'], /^unknown_scope: There is no scope everything; allowed: data, pipelines\.$/m],
    [['a@example.org', 'data', '--expires', '2026-02-30'], /^validation_failed: expires must be a day that exists/m],
  ])('keys create ends with 2 for %j, saying what is wrong', async ([email = '', scopes = '', ...more], reason) => {
    const { status, stdout, stderr } = await weir(settings(), [
      'keys',
      'create',
      '--email',
      email,
      '--scopes',
      scopes,
      ...more,
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(reason);
  });

  it('keys of an unknown user end with 1', async () => {
    const user = await weir(settings(), ['keys', 'reissue', '--email', 'nobody@example.org']);
    expect(user).toMatchObject({ status: 1, stdout: '' });
    expect(user.stderr).toMatch(/^user_not_found: /);
  });

  it('an unknown pipeline ends with 1, naming those there are', async () => {
    const unknown = await weir(settings(), ['run', 'civod']);
    expect(unknown).toMatchObject({ status: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^unknown_pipeline: there is no pipeline civod; there are .*covid/);
  });
});

describe('migrations of a new home', () => {
  it('are pending, named by a dry run that applies nothing, then applied', async () => {
    const settings = folder.home('new');
    const states = async () => {
      const { status, answer } = await weirJson<{ data: StoreStatus[] }>(settings, ['migrate', 'status']);
      return { status, states: new Set(answer.data.flatMap(({ migrations }) => migrations.map(({ state }) => state))) };
    };
    expect(await states()).toEqual({ status: 1, states: new Set(['pending']) });
    const dry = await weirJson<{ data: string[]; dry_run: boolean }>(settings, ['migrate', 'run', '--dry-run']);
    expect(dry.answer.data).toEqual(expect.arrayContaining(['postgres/0001_accounts', 'clickhouse/0001_incidence']));
    expect(dry.answer.dry_run).toBe(true);
    expect(await states()).toEqual({ status: 1, states: new Set(['pending']) });
    const applied = await weir(settings, ['migrate', 'run']);
    expect(applied).toMatchObject({ status: 0, stderr: '' });
    expect(applied.stdout).toBe(dry.answer.data.map((name) => `applied ${name}\n`).join(''));
    expect(await states()).toEqual({ status: 0, states: new Set(['applied']) });
  });
});

describe('preview', () => {
  it('shows the first records of each step, and leaves nothing behind', async () => {
    const settings = folder.home('untouched');
    const { status, answer } = await weirJson<Preview>(settings, ['preview', 'covid', '--limit', '2']);
    expect(status).toBe(0);
    expect(answer).toMatchObject({ pipeline: 'covid', branch: 'backfill', rejected: 0 });
    expect(answer.stages.map(({ stage, records }) => [stage, records.length])).toEqual([
      ['source', 2],
      ['spread_weekly', 2],
      ['forward_fill', 2],
    ]);
    expect(answer.stages.at(-1)?.rows).toBe(HISTORY_ROWS);
    const text = await weir(settings, ['preview', 'covid', '--branch', 'update', '--limit', '1']);
    expect(text.stdout).toMatch(/^covid, update\n\nsource: 14 rows\nregion +date +new_cases/);
    expect(text.stdout).toMatch(/Nothing was written\.\n$/);
    expect(await exists(join(folder.path, 'untouched'))).toBe(false);
  });
});

describe('check', () => {
  it('finds nothing wrong with the project, from any folder', async () => {
    const { status, stdout } = await weir({}, ['check'], folder.path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/covid\/pipeline\.yaml: ok\n/);
  });

  it('takes paths relative to where it is called, and shows each mistake with its place', async () => {
    const own = join(folder.path, 'elsewhere/mine');
    await mkdir(own, { recursive: true });
    const yaml = await readFile(join(covid, 'pipeline.yaml'), 'utf8');
    await cp(join(covid, 'regions.csv'), join(own, 'regions.csv'));
    await writeFile(
      join(own, 'pipeline.yaml'),
      yaml.replace('name: covid', 'name: mine').replace('type: forward_fill', 'type: forward_fil'),
    );
    const line = yaml.split('\n').findIndex((text) => text.includes('type: forward_fill')) + 1;

    for (const path of ['mine/pipeline.yaml', 'mine', '.']) {
      const { status, stdout } = await weir({}, ['check', path], join(folder.path, 'elsewhere'));
      expect(status).toBe(1);
      expect(stdout).toContain(`mine/pipeline.yaml:${line}:11`);
      expect(stdout).toMatch(/forward_fill\b/);
      expect(stdout).toMatch(/1 mistake in 1 of 1 files\n$/);
    }
    const { stdout } = await weir({}, ['check', 'mine', '--json'], join(folder.path, 'elsewhere'));
    const answer = JSON.parse(stdout) as { files: string[]; problems: Problem[] };
    expect(answer.files).toEqual(['mine/pipeline.yaml']);
    expect(answer.problems).toMatchObject([{ file: 'mine/pipeline.yaml', line, column: 11 }]);
  });

  it('of a path that does not exist ends with 1', async () => {
    const { status, stderr } = await weir({}, ['check', 'nowhere'], folder.path);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^no_such_path: nowhere: /);
  });
});

describe('the command line itself', () => {
  it('explains itself and each command with --help, and ends with 0', async () => {
    const { status, stdout } = await weir({}, ['--help']);
    expect(status).toBe(0);
    for (const command of ['list', 'run', 'preview', 'check', 'status', 'health', 'dlq', 'migrate', 'keys']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
      const help = await weir({}, [command, '--help']);
      expect(help).toMatchObject({ status: 0, stderr: '' });
      expect(help.stdout).toMatch(new RegExp(`^Usage: weir ${command}\\b`));
    }
  });

  it.each([
    [['rnu'], /unknown command 'rnu'/],
    [['run'], /missing required argument 'pipeline'/],
    [['run', 'covid', '--branch', 'sideways'], /Allowed choices are backfill, update/],
    [['run', 'covid', '--only', 'everything'], /Allowed choices are extract, transform, load/],
    [['preview', 'covid', '--limit', '0'], /a whole number, 1 to 10000/],
    [['keys', 'create', '--email', 'a@example.org'], /required option '--scopes/],
    [['keys', 'revoke'], /its id, or --email/],
    [['keys', 'revoke', 'a1B2c3D4', '--email', 'a@example.org'], /its id, or --email/],
    [['dlq', 'list', '--limit', '0'], /a whole number, 1 to 1000/],
    [['dlq', 'list', '--state', 'old'], /Allowed choices are waiting, replayed, all/],
    [['dlq', 'show'], /missing required argument 'letter'/],
    [['list', '--jsno'], /unknown option '--jsno'/],
  ])('ends with 2 for %j', async (words, reason) => {
    const { status, stdout, stderr } = await weir(folder.home('never'), words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(await exists(join(folder.path, 'never'))).toBe(false);
  });

  it('ends with 2 for a wrong environment, naming every variable', async () => {
    const { status, stderr } = await weir({ ...folder.home('never'), PORT: 'abc', MAX_RETRIES: '-1' }, ['list']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/PORT="abc"[^]*MAX_RETRIES="-1"/);
  });

  it('works from any folder', async () => {
    const { status, stdout } = await weir(folder.home('from-anywhere'), ['list', '--json'], folder.path);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { data: PipelineSummary[] }).data.map(({ name }) => name)).toContain('covid');
  });
});

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
