import type { IssuedKey, KeySummary } from '@weir/accounts';
import type { StoreStatus } from '@weir/migrations';
import type { Health, PipelineSummary, RunDetails, Worker } from '@weir/operations';
import type { Run, Task } from '@weir/orchestration';
import { testFolder, type TestFolder } from '@weir/testing';
import { get, HISTORY_ROWS, killSystems, startSystem, weir, weirJson } from './weir.js';

const KEY = /^weir_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9a-f]{8}$/;

/**
 * What the commands promise, with the real programs, of a home with the loaded sample; the same whether a system serves that
 * home or none does. Each of the two is a spec file of its own, because they take minutes and can run side by side.
 */
export function specifyCommands({ isRunning }: { readonly isRunning: boolean }): void {
  const settings = () => folder.home('home');
  let folder: TestFolder;
  let address: string | null = null;

  beforeAll(async () => {
    folder = await testFolder();
    if (isRunning) ({ address } = await startSystem(settings()));
    else for (const _branch of ['backfill', 'update']) await weir(settings(), ['run', 'covid']);
  });

  afterAll(async () => {
    await killSystems();
    await folder.remove();
  });

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
}
