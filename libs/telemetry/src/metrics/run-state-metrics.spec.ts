import { readMetrics, sampleOf } from '@weir/testing';
import { KeeperMetrics } from './keeper-metrics.js';
import type { RunState } from './run-state-metrics.js';

const state = (more: Partial<RunState> = {}): RunState => ({
  pipeline: 'covid',
  open: 0,
  open_since: null,
  first_at: '1970-01-01T00:01:00.000Z',
  last_success_at: '1970-01-01T00:10:00.500Z',
  ...more,
});
let metrics: KeeperMetrics;
beforeEach(() => (metrics = new KeeperMetrics({ version: '1.2.3', ofProcess: false })));
/** By metric and pipeline. */
const read = async (pipeline = 'covid') => {
  const families = readMetrics((await metrics.page()).text);
  const value = (name: string) => sampleOf(families, name, { pipeline });
  return {
    open: value('weir_open_runs'),
    openSince: value('weir_oldest_open_run_timestamp_seconds'),
    first: value('weir_first_run_timestamp_seconds'),
    lastSuccess: value('weir_last_success_timestamp_seconds'),
  };
};

it('tells how many runs are open since when, and when one last ended well', async () => {
  metrics.runs.set([state({ open: 2, open_since: '1970-01-01T00:20:00.000Z' })]);
  expect(await read()).toEqual({ open: 2, openSince: 1200, first: 60, lastSuccess: 600.5 });
});

it('has no time of what is not: no open run, no success; a pipeline that is gone has nothing', async () => {
  const flu = state({ pipeline: 'flu' });
  metrics.runs.set([state({ open: 1, open_since: '1970-01-01T00:20:00.000Z' }), flu]);
  metrics.runs.set([state({ last_success_at: null })]);
  expect(await read()).toEqual({ open: 0, openSince: undefined, first: 60, lastSuccess: undefined });
  expect(Object.values(await read('flu'))).toEqual(Array(4).fill(undefined));
});

it('stays as it was while it cannot be told', async () => {
  metrics.runs.set([state()]);
  const before = await read();
  metrics.runs.set(null);
  expect(await read()).toEqual(before);
  expect(before.lastSuccess).toBe(600.5);
});
