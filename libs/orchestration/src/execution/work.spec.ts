import { WeirError } from '@weir/pipeline';
import { Work } from './work.js';

const step = { run_id: 'r1', pipeline: 'covid', step: 'extract' };
const failing = (error: Error) => async () => {
  throw error;
};

it('shows a step while it is executed, with the time when it began', async () => {
  const work = new Work();
  const before = Date.now();
  const seen = await work.during(step, async () => work.done());
  expect(seen).toEqual({ running: [{ ...step, since: expect.any(String) }], finished: 0, failed: 0 });
  expect(Date.parse(seen.running[0]?.since ?? '')).toBeGreaterThanOrEqual(before);
  expect(work.done()).toEqual({ running: [], finished: 1, failed: 0 });
});

it('shows two executions of one step as two', async () => {
  const work = new Work();
  const seen = await work.during(step, () => work.during(step, async () => work.done()));
  expect(seen.running.map(({ step }) => step)).toEqual(['extract', 'extract']);
  expect(work.done()).toEqual({ running: [], finished: 2, failed: 0 });
});

it('counts a failure, and hands it on', async () => {
  const work = new Work();
  await expect(work.during(step, failing(new Error('no')))).rejects.toThrow('no');
  expect(work.done()).toEqual({ running: [], finished: 0, failed: 1 });
});

it('counts no failure where a step finds its dataset taken and waits', async () => {
  const work = new Work();
  const busy = new WeirError('dataset_busy', 'another run writes it', { retryable: true });
  await expect(work.during(step, failing(busy))).rejects.toBe(busy);
  expect(work.done()).toEqual({ running: [], finished: 0, failed: 0 });
});

it('counts each beginning and each end as a change, however it ends', async () => {
  const work = new Work();
  expect(await work.during(step, async () => work.changes)).toBe(1);
  expect(work.changes).toBe(2);
  await work.during(step, failing(new Error('no'))).catch(() => undefined);
  expect(work.changes).toBe(4);
});
