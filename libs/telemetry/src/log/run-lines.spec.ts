import type { LogEntry } from './log.js';
import { runLines } from './run-lines.js';

const run = { run_id: 'r-1', pipeline: 'covid' };
const step = { ...run, step: 'extract', attempt: 2, seconds: 1.5 };
const failure = { code: 'source_timeout', message: 'no answer', retryable: true, details: { url: 'x' } };
const ended = { ...run, branch: 'update', counts: { extracted: 4, rejected: 1, published: 3 }, seconds: 2 } as const;

function told(toldElsewhere = false) {
  const entries: LogEntry[] = [];
  return {
    entries,
    lines: runLines(
      (entry) => entries.push(entry),
      () => toldElsewhere,
    ),
  };
}

describe('what is logged of a run', () => {
  it('is that it began', () => {
    const { entries, lines } = told();
    lines.runStarted({ ...run, branch: 'backfill', only: 'extract' });
    expect(entries).toEqual([
      {
        level: 'info',
        event: 'run_started',
        message: 'covid: run started, backfill, only extract',
        ...run,
        branch: 'backfill',
        only: 'extract',
      },
    ]);
  });

  it('is each step with its attempt, seconds and counts, for who looks closer', () => {
    const { entries, lines } = told();
    lines.stepEnded({ ...step, counts: { files: 2, bytes: 100 } });
    expect(entries).toEqual([
      {
        level: 'debug',
        event: 'step_ended',
        message: 'covid: extract ended in 1.5 s',
        ...step,
        counts: { files: 2, bytes: 100 },
      },
    ]);
  });

  it('is a step that failed, with its code and whether it is tried again', () => {
    const { entries, lines } = told();
    lines.stepFailed({ ...step, failure, retry_in_seconds: 4, causes: ['TypeError: fetch failed'], stack: null });
    lines.stepFailed({
      ...step,
      failure: { ...failure, retryable: false },
      retry_in_seconds: null,
      causes: [],
      stack: 'Error: no',
    });
    expect(entries).toMatchObject([
      {
        level: 'warn',
        event: 'step_failed',
        message: 'covid: extract failed, tried again in 4 s: no answer',
        ...step,
        code: 'source_timeout',
        retryable: true,
        will_retry: true,
        retry_in_seconds: 4,
        details: { url: 'x' },
        causes: ['TypeError: fetch failed'],
      },
      {
        level: 'warn',
        message: 'covid: extract failed, and is not tried again: no answer',
        retryable: false,
        will_retry: false,
        retry_in_seconds: null,
        stack: 'Error: no',
      },
    ]);
  });

  it('is a wait for another run, which is no failure', () => {
    const { entries, lines } = told();
    lines.stepDeferred({
      ...step,
      failure: { ...failure, code: 'dataset_busy' },
      retry_in_seconds: 1,
      causes: ['y'],
      stack: 'x',
    });
    expect(entries).toMatchObject([
      { level: 'info', event: 'step_deferred', code: 'dataset_busy', retry_in_seconds: 1 },
    ]);
    expect(entries[0]).not.toHaveProperty('stack');
    expect(entries[0]).not.toHaveProperty('causes');
  });

  it('is the last batch as well', () => {
    const { entries, lines } = told();
    const batch = { ...run, dataset: 'covid', revision: 7, from: 0, to: 3, total: 3 };
    lines.batchLoaded(batch);
    expect(entries).toMatchObject([{ level: 'debug', event: 'batch_loaded', ...batch }]);
  });

  it('is how it ended: well, without anything new, or not', () => {
    const { entries, lines } = told();
    lines.runEnded({ ...ended, status: 'succeeded', error: null });
    lines.runEnded({ ...ended, status: 'nothing_new', error: null });
    lines.runEnded({ ...ended, branch: null, status: 'failed', error: failure });
    expect(entries.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'covid: update succeeded in 2 s, 3 rows published'],
      ['info', 'covid: update found nothing new in 2 s'],
      ['error', 'covid: run failed after 2 s: no answer'],
    ]);
    expect(entries[0]).toMatchObject({ event: 'run_ended', ...ended, status: 'succeeded' });
    expect(entries[2]).toMatchObject({ status: 'failed', code: 'source_timeout', retryable: true });
  });

  it('is that it stays open: with the process, or because its record could not be kept', () => {
    const { entries, lines } = told();
    lines.runLeftOpen({ ...run, seconds: 2, failure: null });
    lines.runLeftOpen({ ...run, seconds: 2, failure });
    expect(entries).toMatchObject([
      { level: 'info', event: 'run_left_open', message: 'covid: the run stays open and is taken up again' },
      { level: 'error', code: 'source_timeout', message: 'covid: the run stays open and is taken up again: no answer' },
    ]);
  });

  it('is for who looks closer where its beginning and end are told elsewhere; failed attempts are told here all the same', () => {
    const { entries, lines } = told(true);
    lines.runStarted({ ...run, branch: null, only: null });
    lines.stepFailed({ ...step, failure, retry_in_seconds: null, causes: ['TypeError: fetch failed'], stack: null });
    lines.runEnded({ ...ended, status: 'failed', error: failure });
    expect(entries.map(({ level }) => level)).toEqual(['debug', 'warn', 'debug']);
  });
});
