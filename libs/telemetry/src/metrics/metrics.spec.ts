import { readMetrics, sampleOf } from '@weir/testing';
import { Metrics } from './metrics.js';
import { describeMetrics } from './reference.js';

const metrics = (ofProcess = false) => new Metrics({ version: '1.2.3', ofProcess });
const read = async (of: Metrics) => readMetrics(await of.text());
const request = {
  method: 'GET',
  route: '/runs/{id}',
  status: 200,
  seconds: 0.02,
  bytes: 10,
  problem: undefined,
  limit: undefined,
};
const run = { run_id: 'r', pipeline: 'covid' };
const ended = {
  ...run,
  branch: 'update',
  counts: { extracted: 4, rejected: 1, published: 3 },
  seconds: 2,
  error: null,
} as const;
const failure = { code: 'no_rows', message: 'none', retryable: false };

describe('the metrics', () => {
  it('are Prometheus’ text format 0.0.4, those of the process included', async () => {
    const both = metrics(true);
    expect(both.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = await read(both);
    expect(sampleOf(families, 'weir_build_info', { version: '1.2.3' })).toBe(1);
    expect(sampleOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });

  it('of two in one process know nothing of each other', async () => {
    const [one, other] = [metrics(), metrics()];
    one.http.begun();
    expect(sampleOf(await read(one), 'weir_http_requests_in_flight')).toBe(1);
    expect(sampleOf(await read(other), 'weir_http_requests_in_flight')).toBe(0);
  });

  it('have names that say their unit, and counters that end with _total', async () => {
    for (const { name, type } of (await read(metrics())).values()) {
      expect(name).toMatch(/^weir_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
  });
});

describe('requests', () => {
  it('are counted by method, route and status, with their seconds and bytes', async () => {
    const { http, ...rest } = metrics();
    http.begun();
    http.begun();
    http.ended(request);
    const families = readMetrics(await rest.registry.metrics());
    const labels = { method: 'GET', route: '/runs/{id}' };
    expect(sampleOf(families, 'weir_http_requests_total', { ...labels, status: '200' })).toBe(1);
    expect(sampleOf(families, 'weir_http_request_duration_seconds_sum', labels)).toBe(0.02);
    expect(sampleOf(families, 'weir_http_request_duration_seconds_bucket', { ...labels, le: '0.025' })).toBe(1);
    expect(sampleOf(families, 'weir_http_request_duration_seconds_bucket', { ...labels, le: '0.01' })).toBe(0);
    expect(sampleOf(families, 'weir_http_response_bytes_total', { route: '/runs/{id}' })).toBe(10);
    expect(sampleOf(families, 'weir_http_requests_in_flight')).toBe(1);
  });

  it('make no label of a path without a route, nor of methods that nobody knows', async () => {
    const all = metrics();
    for (const method of ['PROPFIND', 'MKCOL', 'BREW']) {
      all.http.begun();
      all.http.ended({ ...request, method, route: undefined, status: 404 });
    }
    const samples = (await read(all)).get('weir_http_requests_total')?.samples;
    expect(samples).toEqual([
      { name: 'weir_http_requests_total', labels: { method: 'other', route: '(none)', status: '404' }, value: 3 },
    ]);
  });

  it('that were given up have no status', async () => {
    const all = metrics();
    all.http.begun();
    all.http.ended({ ...request, status: undefined });
    const labels = { method: 'GET', route: '/runs/{id}', status: 'aborted' };
    expect(sampleOf(await read(all), 'weir_http_requests_total', labels)).toBe(1);
  });

  it('that were refused are counted by limit and by what was wrong with the key, from nought', async () => {
    const all = metrics();
    expect(sampleOf(await read(all), 'weir_rate_limited_total', { limit: 'account' })).toBe(0);
    expect(sampleOf(await read(all), 'weir_key_rejections_total', { code: 'missing_scope' })).toBe(0);
    for (const [problem, limit] of [['too_many_requests', 'key'], ['invalid_api_key'], ['not_found']] as const) {
      all.http.begun();
      all.http.ended({ ...request, problem, limit });
    }
    const families = await read(all);
    expect(sampleOf(families, 'weir_rate_limited_total', { limit: 'key' })).toBe(1);
    expect(
      families.get('weir_key_rejections_total')?.samples.map(({ labels, value }) => [labels['code'], value]),
    ).toEqual([
      ['missing_api_key', 0],
      ['invalid_api_key', 1],
      ['missing_scope', 0],
    ]);
  });
});

describe('runs', () => {
  it('are counted when they end, with their seconds and rows, and are in progress until then', async () => {
    const all = metrics();
    all.runs.runStarted({ ...run, branch: null, only: null });
    expect(sampleOf(await read(all), 'weir_runs_in_progress', { pipeline: 'covid' })).toBe(1);
    const before = Date.now() / 1000;
    all.runs.runEnded({ ...ended, status: 'succeeded' });
    const families = await read(all);
    const labels = { pipeline: 'covid', branch: 'update' };
    expect(sampleOf(families, 'weir_runs_in_progress', { pipeline: 'covid' })).toBe(0);
    expect(sampleOf(families, 'weir_runs_total', { ...labels, status: 'succeeded' })).toBe(1);
    expect(sampleOf(families, 'weir_run_duration_seconds_sum', labels)).toBe(2);
    expect(sampleOf(families, 'weir_rows_total', { pipeline: 'covid', stage: 'extracted' })).toBe(4);
    expect(sampleOf(families, 'weir_rows_total', { pipeline: 'covid', stage: 'rejected' })).toBe(1);
    expect(sampleOf(families, 'weir_rows_total', { pipeline: 'covid', stage: 'published' })).toBe(3);
    const last = sampleOf(families, 'weir_run_last_success_timestamp_seconds', { pipeline: 'covid' });
    expect(last).toBeGreaterThanOrEqual(before);
  });

  it('of which only some ends are seen here are counted, but never as being in progress', async () => {
    const worker = new Metrics({ version: '1.2.3', ofProcess: false, wholeRuns: false });
    worker.runs.runStarted({ ...run, branch: null, only: null });
    worker.runs.runEnded({ ...ended, status: 'succeeded' });
    worker.runs.runEnded({ ...ended, status: 'succeeded' });
    const families = await read(worker);
    const labels = { pipeline: 'covid', branch: 'update', status: 'succeeded' };
    expect(sampleOf(families, 'weir_runs_total', labels)).toBe(2);
    expect(families.has('weir_runs_in_progress')).toBe(false);
  });

  it('that fail, perhaps before they have a branch, are no success', async () => {
    const all = metrics();
    all.runs.runStarted({ ...run, branch: null, only: null });
    all.runs.runEnded({ ...ended, branch: null, status: 'failed', error: failure });
    const families = await read(all);
    expect(sampleOf(families, 'weir_runs_total', { pipeline: 'covid', branch: '(none)', status: 'failed' })).toBe(1);
    expect(families.get('weir_run_last_success_timestamp_seconds')?.samples).toEqual([]);
  });

  it('that stay open are not in progress any more, and have not ended', async () => {
    const all = metrics();
    all.runs.runStarted({ ...run, branch: null, only: null });
    all.runs.runLeftOpen({ ...run, seconds: 1, failure: null });
    const families = await read(all);
    expect(sampleOf(families, 'weir_runs_in_progress', { pipeline: 'covid' })).toBe(0);
    expect(families.get('weir_runs_total')?.samples).toEqual([]);
  });

  it('tell of each step that ended or failed; waiting for another run is neither', async () => {
    const all = metrics();
    const step = { ...run, step: 'extract', attempt: 1, seconds: 0.3 };
    const failed = { ...step, failure, retry_in_seconds: null, causes: [], stack: null };
    all.runs.stepEnded({ ...step, counts: {} });
    all.runs.stepFailed(failed);
    all.runs.stepFailed({ ...failed, failure: { ...failure, code: 'Made up of a message' } });
    all.runs.stepDeferred({ ...failed, failure: { ...failure, code: 'dataset_busy' } });
    const families = await read(all);
    expect(sampleOf(families, 'weir_step_duration_seconds_count', { step: 'extract' })).toBe(1);
    expect(
      families.get('weir_step_failures_total')?.samples.map(({ labels, value }) => [labels['code'], value]),
    ).toEqual([
      ['no_rows', 1],
      ['other', 1],
    ]);
  });
});

it('shows the state that was looked up last, also where a counter fell', async () => {
  const all = metrics();
  const dependencies = { postgres: { up: false, seconds: 3 } };
  all.state.set({ ready: false, dependencies, resultCache: { hits: 5, misses: 7, bytes: 100 } });
  all.state.set({ ready: true, dependencies, resultCache: { hits: 6, misses: 1, bytes: 0 } });
  const families = await read(all);
  const values = [
    'weir_ready',
    'weir_result_cache_hits_total',
    'weir_result_cache_misses_total',
    'weir_result_cache_bytes',
  ];
  expect(values.map((name) => sampleOf(families, name))).toEqual([1, 6, 1, 0]);
  expect(sampleOf(families, 'weir_dependency_up', { dependency: 'postgres' })).toBe(0);
  expect(sampleOf(families, 'weir_dependency_latency_seconds', { dependency: 'postgres' })).toBe(3);
});

describe('the reference', () => {
  it('names every metric that is told, once, with its type and labels', async () => {
    const { weir, ofProcess } = describeMetrics();
    const described = [...weir, ...ofProcess];
    expect(new Set(described.map(({ name }) => name)).size).toBe(described.length);
    for (const { name, type } of (await read(metrics(true))).values()) {
      expect(described).toContainEqual(expect.objectContaining({ name, type }));
    }
    expect(weir).toContainEqual(
      expect.objectContaining({ name: 'weir_runs_total', type: 'counter', labels: ['pipeline', 'branch', 'status'] }),
    );
    expect(described.every(({ about }) => about.length > 10)).toBe(true);
  });
});
