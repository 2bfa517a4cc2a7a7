import { setTimeout as wait } from 'node:timers/promises';
import { WeirError, type RefusedRows } from '@weir/pipeline';
import type { Activities, CommitOutcome } from '../contract/activities.js';
import { endIfAsked, type StepContext } from '../contract/step.js';
import type { ActivityDependencies } from './dependencies.js';

/** Milliseconds between two looks at what has arrived, and how long to look: the sink retries by itself all that time. */
const LOOK_EVERY = 200;
const LOOK_FOR = 120_000;
/** Rows, and share of the rows, that may be refused by themselves; more of them say that the sink is broken. */
const REFUSED_ROWS = 10;
const REFUSED_SHARE = 0.01;
/**
 * Milliseconds for which the same rows must have been away. A replay is written down behind its publishing: without a second
 * look, rows that are on their way once more would be taken for refused.
 */
const SETTLED = 2_000;
/** So many rows are away since then. None: then there is nothing to wait for. */
const UNSETTLED = { missing: 0, from: 0 };

type CommitInput = Parameters<Activities['commit_run']>[0];

/**
 * Makes the run's rows visible once every one of them can be read, or was refused by the sink for good: until then nobody
 * sees any. Where the sink refuses more than a few, it is broken and not they: then the run waits for it to be mended, and
 * for the dead letters to be replayed (`sink_refused`, which an engine retries for as long as it takes).
 */
export function commitRun({ planOf, runs, store, deadLetters }: ActivityDependencies) {
  return async (input: CommitInput, { signal }: StepContext): Promise<CommitOutcome> => {
    const { name, dataset } = await planOf(input);
    // The run that publishes nothing looks no further back than now.
    const { started_at } = (await runs.find(input.run_id)) ?? { started_at: null };
    const refused = await settled(dataset, input, started_at ?? new Date().toISOString(), signal);
    await store.commit({
      dataset,
      revision: input.revision,
      run_id: input.run_id,
      pipeline: name,
      branch: input.branch,
      plan_hash: input.changes.plan_hash,
      sources_hash: input.changes.sources_hash,
      rows: input.published - refused.rows,
    });
    return { refused: refused.rows, reason: refused.reason };
  };

  /** Waits until each published row is readable, or waits as a dead letter. One that was replayed is on its way. */
  async function settled(
    dataset: string,
    { revision, published }: CommitInput,
    since: string,
    signal: AbortSignal,
  ): Promise<RefusedRows> {
    const deadline = Date.now() + LOOK_FOR;
    let settling = UNSETTLED;
    for (;;) {
      const count = await store.countArrived(dataset, revision);
      if (count > published) {
        throw new WeirError(
          'unexpected_rows',
          `revision ${revision} of ${dataset} has ${count} rows, and the run published ${published}`,
        );
      }
      const missing = published - count;
      if (missing === 0) return { rows: 0, reason: null };
      const refused = await deadLetters.refused(dataset, revision, since);
      if (refused.rows >= missing) {
        if (missing > Math.max(REFUSED_ROWS, published * REFUSED_SHARE)) {
          throw sinkRefused(missing, published, refused.reason);
        }
        const waiting = await deadLetters.waiting(dataset, revision, since);
        if (waiting.rows < missing) settling = UNSETTLED;
        else if (settling.missing !== missing) settling = { missing, from: Date.now() };
        else if (Date.now() - settling.from >= SETTLED) return { ...waiting, rows: missing };
      }
      if (Date.now() > deadline) {
        throw new WeirError('rows_missing', `${missing} of ${published} published rows cannot be read yet`, {
          retryable: true,
        });
      }
      endIfAsked(signal);
      await wait(LOOK_EVERY, undefined, { signal }).catch(() => endIfAsked(signal));
    }
  }
}

function sinkRefused(refused: number, published: number, reason: string | null): WeirError {
  return new WeirError(
    'sink_refused',
    `The sink refused ${refused} of ${published} rows${reason === null ? '' : `, such as: ${reason}`}. They are dead letters: ` +
      'mend the sink, then `npx weir dlq replay`; the run waits for them.',
    { retryable: true },
  );
}
