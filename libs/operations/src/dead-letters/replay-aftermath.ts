import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { IngestInput, Run, RunRepository } from '@weir/orchestration';
import {
  toFailure,
  WeirError,
  type DeadLetterPage,
  type DeadLetterQueue,
  type RevisionStore,
  type RowPlace,
} from '@weir/pipeline';
import { placeName, type ReplayedRows, type RevisionRows } from './replayed-rows.js';

/** What became of the rows of one revision after their replay. */
export interface RevisionReplay {
  readonly dataset: string;
  readonly revision: number;
  readonly run_id: string;
  readonly letters: number;
  /** Different rows among the letters. */
  readonly rows: number;
  /** Of them, those that the store holds now; and those that the sink has refused again. The others are still on their way. */
  readonly readable: number;
  readonly refused: number;
  /**
   * `committed`: readers see the rows. `open`: they will when the run that published them commits, which it does by
   * itself. `dropped`: that run ended without a commit, and nobody will.
   */
  readonly state: 'committed' | 'open' | 'dropped';
  /**
   * The empty revision under which answers have other names than before the replay; null where there is none: nothing
   * became readable, or another run commits (or holds the dataset for longer than was waited).
   */
  readonly renamed_by: number | null;
}

/** Milliseconds. */
export interface AftermathSettings {
  readonly lookEvery: number;
  /** How long to wait for rows to arrive: a refusal takes two connectors and their flushes. */
  readonly arriveWithin: number;
  /** How long to wait for a dataset that another run is writing. */
  readonly claimWithin: number;
}

const usual: AftermathSettings = { lookEvery: 500, arriveWithin: 60_000, claimWithin: 60_000 };
/** Rows that one look asks for. */
const TOGETHER = 500;

type State = RevisionReplay['state'];

interface Watched extends RevisionRows {
  state: State;
  /** Rows that were not there at the last look. */
  missing: RowPlace[];
  /** Rows that were refused after the replay, by name. */
  readonly refusedAgain: Set<string>;
}

/** Sees to what a replay leaves behind: rows that arrive under a revision that readers know already. */
export class ReplayAftermath {
  private readonly settings: AftermathSettings;

  constructor(
    private readonly queue: Pick<DeadLetterQueue, 'page' | 'count'>,
    private readonly runs: RunRepository,
    private readonly store: RevisionStore,
    settings: Partial<AftermathSettings> = {},
  ) {
    this.settings = { ...usual, ...settings };
  }

  /**
   * Waits until the rows are readable or refused again, or for as long as the settings say; then gives the answers of
   * each dataset in which readers see some of them other names.
   * @param last the last letter that there was before the replay: those behind it were refused again.
   */
  async settle(rows: ReplayedRows, last: string | null): Promise<RevisionReplay[]> {
    const watched: Watched[] = rows
      .byRevision()
      .map((each) => ({ ...each, state: 'dropped', missing: [...each.rows], refusedAgain: new Set() }));
    await this.lookAtStates(watched);
    const refusals = new Refusals(this.queue, last);
    const deadline = Date.now() + this.settings.arriveWithin;
    for (;;) {
      for (const each of watched) if (isWaitedFor(each)) await this.lookForRows(each);
      if (watched.some(isWaitedFor)) await refusals.addTo(watched);
      if (!watched.some(isWaitedFor) || Date.now() > deadline) break;
      await wait(this.settings.lookEvery);
    }
    // A run that was open may have committed meanwhile, before the last of its rows arrived.
    await this.lookAtStates(watched);
    const renamed = await this.renameAll(watched);
    return watched.map(({ dataset, revision, run_id, letters, rows: all, state, missing, refusedAgain }) => ({
      ...{ dataset, revision, run_id, letters, state },
      rows: all.length,
      readable: all.length - missing.length,
      refused: missing.filter((row) => refusedAgain.has(placeName(row))).length,
      renamed_by: isSeen({ state, rows: all, missing }) ? (renamed.get(dataset) ?? null) : null,
    }));
  }

  private async lookAtStates(watched: readonly Watched[]): Promise<void> {
    for (const each of watched) {
      const commits = await this.store.commits(each.dataset);
      if (commits.some(({ revision }) => revision === each.revision)) each.state = 'committed';
      else each.state = isOpen(await this.runs.find(each.run_id)) ? 'open' : 'dropped';
    }
  }

  private async lookForRows(watched: Watched): Promise<void> {
    const { dataset, revision } = watched;
    const missing: RowPlace[] = [];
    for (let at = 0; at < watched.missing.length; at += TOGETHER) {
      const rows = watched.missing.slice(at, at + TOGETHER);
      const there = new Set((await this.store.arrived(dataset, revision, rows)).map(placeName));
      missing.push(...rows.filter((row) => !there.has(placeName(row))));
    }
    watched.missing = missing;
  }

  private async renameAll(watched: readonly Watched[]): Promise<Map<string, number | null>> {
    const renamed = new Map<string, number | null>();
    for (const { dataset } of watched.filter(isSeen)) {
      if (renamed.has(dataset)) continue;
      const letters = watched
        .filter((each) => each.dataset === dataset && isSeen(each))
        .reduce((sum, each) => sum + each.letters, 0);
      renamed.set(dataset, await this.rename(dataset, letters));
    }
    return renamed;
  }

  /**
   * Commits a revision without rows. What is visible up to the highest commit has changed, so it has to be the highest no
   * longer; and only who holds the dataset may commit, or an open run of a lower revision could not.
   * @returns the revision; null where it was not needed, or the dataset not to be had.
   */
  private async rename(dataset: string, letters: number): Promise<number | null> {
    const last = (await this.store.commits(dataset)).at(-1);
    if (!last) return null;
    const input: IngestInput = {
      run_id: randomUUID(),
      pipeline: last.pipeline,
      branch: null,
      only: null,
      from_run: null,
    };
    await this.runs.create(input, dataset);
    const message = 'dead letters, published once more under the revisions that they had';
    const record: Parameters<RunRepository['end']>[0] = {
      run_id: input.run_id,
      status: 'succeeded',
      counts: { extracted: 0, rejected: 0, published: letters },
      warnings: [{ code: 'dead_letters_replayed', message, count: letters }],
      error: null,
    };
    try {
      if (!(await this.claim(dataset, input.run_id, last.revision))) {
        await this.runs.end({ ...record, status: 'nothing_new' });
        return null;
      }
      // Refused where somebody has closed the run that waited: then the claim is worth nothing.
      await this.runs.start(input.run_id);
      const floor = (await this.store.commits(dataset)).at(-1)?.revision ?? 0;
      const revision = await this.runs.allotRevision(dataset, input.run_id, floor);
      const { run_id, pipeline } = input;
      const about = { dataset, revision, run_id, pipeline, branch: 'replay', rows: 0 };
      await this.store.commit({ ...about, plan_hash: '', sources_hash: '' });
      await this.runs.end(record);
      return revision;
    } catch (error) {
      const { code, message: reason } = toFailure(error);
      await this.runs.end({ ...record, status: 'failed', error: { code, message: reason } });
      if (code === 'dataset_busy' || code === 'run_ended') return null;
      throw error;
    } finally {
      await this.runs.releaseDatasetsOf(input.run_id);
    }
  }

  /** @returns false where another run has committed meanwhile: that has renamed the answers. @throws `dataset_busy`. */
  private async claim(dataset: string, runId: string, above: number): Promise<boolean> {
    const deadline = Date.now() + this.settings.claimWithin;
    for (;;) {
      try {
        await this.runs.claimDataset(dataset, runId);
        return true;
      } catch (error) {
        if (!(error instanceof WeirError) || error.code !== 'dataset_busy' || Date.now() > deadline) throw error;
      }
      await wait(this.settings.lookEvery);
      const highest = (await this.store.commits(dataset)).at(-1)?.revision ?? 0;
      if (highest > above) return false;
    }
  }
}

/** What was refused behind a letter. */
class Refusals {
  /** Letters in the queue when it was last read. */
  private known: number | null = null;

  constructor(
    private readonly queue: Pick<DeadLetterQueue, 'page' | 'count'>,
    private last: string | null,
  ) {}

  /** Reads only where there are more letters than before: to be told so is cheap, to read is not. */
  async addTo(watched: readonly Watched[]): Promise<void> {
    const count = await this.queue.count();
    if (count === this.known) return;
    this.known = count;
    for (let from = this.last; from !== null;) {
      const { letters, next }: DeadLetterPage = await this.queue.page(from, TOGETHER);
      for (const { id, row } of letters) {
        if (id === this.last || row === null) continue;
        const of = watched.find(({ dataset, revision }) => dataset === row.dataset && revision === row.revision);
        of?.refusedAgain.add(placeName(row));
      }
      this.last = letters.at(-1)?.id ?? this.last;
      from = next;
    }
  }
}

function isOpen(run: Run | null): boolean {
  return run?.status === 'queued' || run?.status === 'running';
}

/** Whether a row may still arrive. */
function isWaitedFor({ state, missing, refusedAgain }: Watched): boolean {
  return state !== 'dropped' && missing.some((row) => !refusedAgain.has(placeName(row)));
}

/** Whether readers see any of the rows. */
function isSeen({ state, rows, missing }: Pick<Watched, 'state' | 'rows' | 'missing'>): boolean {
  return state === 'committed' && missing.length < rows.length;
}
