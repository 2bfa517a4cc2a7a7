import type { Failure } from '@weir/pipeline';
import { retryDelay } from './retry.js';

const settings = { maxRetries: 3, backoffBase: 2, outlastOutages: false };
const lasting = { ...settings, outlastOutages: true };
const failure = (code: string, retryable = true): Failure => ({ code, message: 'm', retryable });
const delays = (code: string, tries: readonly number[], of = settings) =>
  tries.map((before) => retryDelay(failure(code), before, of));

it('doubles the wait before each try, and gives up after the last', () => {
  expect(delays('source_timeout', [0, 1, 2, 3])).toEqual([1_000, 2_000, 4_000, null]);
});

it('waits a minute at most', () => {
  expect(retryDelay(failure('source_timeout'), 20, { ...settings, maxRetries: 50 })).toBe(60_000);
});

it('does not try again what cannot pass', () => {
  expect(retryDelay(failure('no_rows', false), 0, lasting)).toBeNull();
});

it.each(['dataset_busy', 'sink_refused'])('waits for the end of %s as long as it takes, looking often', (code) => {
  expect(delays(code, [0, 3, 4, 1_000])).toEqual([1_000, 8_000, 10_000, 10_000]);
});

it.each(['dependency_unavailable', 'rows_missing'])(
  'outlasts %s only where the engine outlasts its processes',
  (code) => {
    expect(delays(code, [0, 3])).toEqual([1_000, null]);
    expect(delays(code, [0, 3, 1_000], lasting)).toEqual([1_000, 8_000, 10_000]);
  },
);
