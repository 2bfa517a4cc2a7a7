import { jest } from '@jest/globals';
import type { Worker } from '@weir/operations';
import { StepRunner } from '@weir/orchestration';
import { workerReport } from './worker-report.js';

const step = { run_id: 'r1', pipeline: 'covid', step: 'load_data' };
const { work } = new StepRunner({} as never, {} as never, {} as never, {} as never, {} as never);
let told: Pick<Worker, 'running' | 'finished'>[];
let isAway: boolean;
let report: () => Promise<void>;

beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  isAway = false;
  report = workerReport({ worker_id: 'w1', queue: 'weir' }, work, {
    async report(worker) {
      if (isAway) throw new Error('away');
      told.push(worker);
    },
  });
});
afterEach(() => jest.useRealTimers());

it('tells at once who it is', async () => {
  await report();
  expect(told).toEqual([
    expect.objectContaining({ worker_id: 'w1', engine: 'temporal', queue: 'weir', pid: process.pid, running: [] }),
  ]);
});

it('tells a step that begins, and that it has ended, whenever it is asked', async () => {
  await report();
  await work.during(step, report);
  await report();
  expect(told.map(({ running }) => running.map(({ step }) => step))).toEqual([[], ['load_data'], []]);
  expect((told[2]?.finished ?? 0) - (told[0]?.finished ?? 0)).toBe(1);
});

it('says that it is there every five seconds where nothing changes, and no sooner', async () => {
  await report();
  jest.advanceTimersByTime(4_900);
  await report();
  expect(told).toHaveLength(1);
  jest.advanceTimersByTime(100);
  await report();
  expect(told).toHaveLength(2);
});

it('tells once more what could not be told', async () => {
  isAway = true;
  await expect(report()).rejects.toThrow('away');
  isAway = false;
  await report();
  expect(told).toHaveLength(1);
});
