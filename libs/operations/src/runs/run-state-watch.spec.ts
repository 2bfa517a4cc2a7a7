import { jest } from '@jest/globals';
import { WeirError } from '@weir/pipeline';
import type { SinkEvent } from '../sink/sink-event.js';
import type { PipelineRuns } from './run-overview.js';
import { RunStateWatch } from './run-state-watch.js';

const covid: PipelineRuns = {
  pipeline: 'covid',
  open: 1,
  open_since: '2026-11-21T11:30:00.000Z',
  first_at: '2026-11-01T00:00:00.000Z',
  last_success_at: null,
};
let answer: () => Promise<readonly PipelineRuns[]>;
let told: SinkEvent[];
let watch: RunStateWatch;
beforeEach(() => {
  answer = async () => [covid];
  told = [];
  watch = new RunStateWatch({ byPipeline: () => answer() }, (event) => told.push(event));
});

it('sees what the overview sees, and has nothing to say of that', async () => {
  expect(await watch.look()).toEqual([covid]);
  expect(told).toEqual([]);
});

it('sees nothing while PostgreSQL is away, says so once, and once that it is back', async () => {
  const away = new WeirError('dependency_unavailable', 'PostgreSQL cannot be used.', { retryable: true });
  answer = () => Promise.reject(away);
  expect([await watch.look(), await watch.look()]).toEqual([null, null]);
  answer = async () => [covid];
  expect([await watch.look(), await watch.look()]).toEqual([[covid], [covid]]);
  expect(told).toMatchObject([
    { level: 'warn', event: 'runs_unreadable', code: 'dependency_unavailable' },
    { level: 'info', event: 'runs_readable' },
  ]);
});

it('gives an answer up that does not come', async () => {
  answer = () => new Promise(() => undefined);
  jest.useFakeTimers();
  try {
    const looked = watch.look();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await looked).toBeNull();
  } finally {
    jest.useRealTimers();
  }
  expect(told).toMatchObject([{ event: 'runs_unreadable', message: expect.stringMatching(/no answer within 5 s/) }]);
});
