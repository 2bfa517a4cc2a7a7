import {
  freePort,
  killPrograms,
  type MetricFamily,
  operationsOf,
  readMetrics,
  request,
  sampleOf,
  start,
  type TestFolder,
  testFolder,
  untilReady,
} from '@weir/testing';

/**
 * What the real program logs and measures, in a process of its own: a first load whose page cannot be fetched, a run that
 * the command line asks for, and a request.
 */

type Line = { readonly [field: string]: unknown };

let folder: TestFolder;
let text: string;
let lines: Line[];
let said: string;
let families: Map<string, MetricFamily>;
let askedFor: { readonly run_id: string };
const secret = 'hunter2-of-the-page';

beforeAll(async () => {
  folder = await testFolder();
  const settings = {
    ...folder.home('home'),
    COVID_PAGE_URL: `http://ada:${secret}@127.0.0.1:${await freePort()}/page.html?token=${secret}`,
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
    MAX_RETRIES: '1',
    RETRY_BACKOFF_BASE: '1',
  };
  const program = start(settings);
  const address = await untilReady(program);
  askedFor = await operationsOf(settings).run(
    { pipeline: 'covid', branch: 'backfill', only: 'extract' },
    () => undefined,
  );
  await request(`${address}/health`, { headers: { 'X-Correlation-Id': 'errand-7' } });
  families = readMetrics(await (await fetch(`${address}/metrics`)).text());
  await program.end('SIGINT');
  text = program.stderr;
  said = program.stdout;
  lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
});

afterAll(async () => {
  await killPrograms();
  await folder.remove();
});

const of = (event: string) => lines.filter((line) => line['event'] === event);

describe('the log of the program', () => {
  it('is JSON, line by line, each with its time in UTC, level, event, message and correlation id', () => {
    for (const line of lines) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: expect.stringMatching(/^(debug|info|warn|error)$/),
        event: expect.stringMatching(/^[a-z_]+$/),
        message: expect.any(String),
        correlation_id: expect.any(String),
      });
    }
  });

  it('names a run’s errand after the run, from its beginning to the last batch and its end', () => {
    const [backfill] = of('run_ended');
    expect(backfill).toMatchObject({ level: 'info', pipeline: 'covid', branch: 'backfill', status: 'succeeded' });
    const ofRun = lines.filter((line) => line['run_id'] === backfill?.['run_id']);
    expect(ofRun.map((line) => line['event'])).toEqual([
      'run_started',
      ...['step_ended', 'step_ended', 'step_ended', 'step_ended', 'step_ended'],
      'batch_loaded',
      ...['step_ended', 'step_ended', 'step_ended'],
      'run_ended',
    ]);
    for (const line of ofRun) expect(line).toMatchObject({ correlation_id: backfill?.['run_id'], pipeline: 'covid' });
    expect(of('batch_loaded')[0]).toMatchObject({ step: 'load_data', attempt: 1, from: 0, to: 19_466, total: 19_466 });
  });

  it('says of a step that failed whether it is tried again, and how the run ended by it', () => {
    const [first, second] = of('step_failed');
    expect(first).toMatchObject({ level: 'warn', step: 'extract', attempt: 1, retryable: true, will_retry: true });
    expect(second).toMatchObject({ level: 'warn', attempt: 2, will_retry: false, code: first?.['code'] });
    expect(of('run_ended')[1]).toMatchObject({
      level: 'error',
      branch: 'update',
      status: 'failed',
      code: first?.['code'],
    });
  });

  it('has the run that the command line asked for under its own id', () => {
    const ofRun = lines.filter((line) => line['run_id'] === askedFor.run_id);
    expect(ofRun[0]).toMatchObject({ event: 'run_started', only: 'extract', branch: 'backfill' });
    expect(ofRun.at(-1)).toMatchObject({ event: 'run_ended', status: 'succeeded' });
    for (const line of ofRun) {
      expect(line).toMatchObject({ correlation_id: askedFor.run_id });
      expect(line).not.toHaveProperty('request_id');
    }
  });

  it('has a request under the id that its caller gave', () => {
    const asked = of('request').find((line) => line['path'] === '/health');
    expect(asked).toMatchObject({ correlation_id: 'errand-7', method: 'GET', route: '/health', status: 200 });
  });

  it('holds no secret of a source, and neither does what is said to people', () => {
    expect(text).toContain('page.html');
    expect(text + said).not.toContain(secret);
  });
});

describe('the metrics of the program', () => {
  it('have counted the runs, their rows and their failures', () => {
    const runs = (branch: string, status: string) =>
      sampleOf(families, 'weir_runs_total', { pipeline: 'covid', branch, status });
    expect([runs('backfill', 'succeeded'), runs('update', 'failed')]).toEqual([2, 1]);
    expect(sampleOf(families, 'weir_rows_total', { pipeline: 'covid', stage: 'published' })).toBe(19_466);
    const failures = families.get('weir_step_failures_total')?.samples;
    expect(failures).toMatchObject([{ labels: { step: 'extract', code: of('step_failed')[0]?.['code'] }, value: 2 }]);
    expect(sampleOf(families, 'weir_runs_in_progress', { pipeline: 'covid' })).toBe(0);
    expect(sampleOf(families, 'weir_step_duration_seconds_count', { step: 'load_data' })).toBe(1);
  });

  it('say that it is ready, that its databases answer, and how the process does', () => {
    expect(sampleOf(families, 'weir_ready')).toBe(1);
    for (const dependency of ['postgres', 'clickhouse']) {
      expect(sampleOf(families, 'weir_dependency_up', { dependency })).toBe(1);
    }
    expect(sampleOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });
});
