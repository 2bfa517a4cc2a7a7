import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import {
  MemoryDeadLetterQueue,
  MemoryReplayLog,
  MemoryRevisionStore,
  MemoryRunRepository,
  type PublishedRecord,
} from '@weir/adapter-memory';
import { kinds } from '@weir/catalogue';
import type { Workspace } from '@weir/pipeline';
import { publishedRow, writeChunk } from '@weir/testing';
import { DeadLettersService } from './dead-letters.service.js';
import { ReplayAftermath } from './replay-aftermath.js';

/** Real: DuckDB, the services, the memory adapters. A sink in between takes what is published once more, or refuses it. */
let scratch: string;
let workspace: Workspace;
let queue: SinkBehind;
let log: MemoryReplayLog;
let runs: MemoryRunRepository;
let store: MemoryRevisionStore;
let service: DeadLettersService;
let dataset: string;

/** What is published once more goes to a sink, as a topic's records do. */
class SinkBehind extends MemoryDeadLetterQueue {
  sink: (record: PublishedRecord) => Promise<void> = async () => undefined;

  override async republish(letters: Parameters<MemoryDeadLetterQueue['republish']>[0]): Promise<void> {
    await super.republish(letters);
    for (const letter of letters) await this.sink(letter);
  }
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weir-letters-'));
  workspace = await openDuckDbWorkspace({ scratch, memoryLimit: '400MB', threads: 1 });
});
afterAll(async () => {
  await workspace.close();
  await rm(scratch, { recursive: true });
});
beforeEach(async () => {
  queue = new SinkBehind();
  log = new MemoryReplayLog();
  runs = new MemoryRunRepository();
  const [sink] = kinds.sinks;
  if (!sink) throw new Error('this build has no sink');
  store = await MemoryRevisionStore.create(sink.schema, workspace);
  service = serviceThatWaits(200);
  dataset = 'covid';
});

/** @param claimWithin milliseconds that it waits for a dataset that a run holds. */
const serviceThatWaits = (claimWithin: number) => {
  const waits = { lookEvery: 5, arriveWithin: 200, claimWithin };
  return new DeadLettersService(queue, log, new ReplayAftermath(queue, runs, store, waits));
};

const valueOf = (date: string, run_id: string, revision: number, more: object = {}) =>
  JSON.stringify({ dataset, region: 'ALP', date, run_id, revision, ...more });
const refuse = (date: string, run_id: string, revision: number) =>
  queue.refuse({ key: 'ALP', value: valueOf(date, run_id, revision) }, 'Cannot parse').id;

/** The row arrives in the store, as a sink writes it. */
async function arrive({ value }: PublishedRecord): Promise<void> {
  const { date, run_id, revision } = JSON.parse(value ?? '') as { date: string; run_id: string; revision: number };
  await store.load(await writeChunk(workspace, [publishedRow({ date })], { dataset, run_id, revision }));
}

/** A run that published one good row, and whose other rows were refused. */
async function published(revision: number, ...refused: string[]) {
  const run_id = randomUUID();
  await runs.create({ run_id, pipeline: 'covid', branch: null, only: null, from_run: null }, dataset);
  await runs.start(run_id);
  await runs.claimDataset(dataset, run_id);
  expect(await runs.allotRevision(dataset, run_id, revision - 1)).toBe(revision);
  await arrive({ key: null, value: valueOf('2023-05-01', run_id, revision) });
  return { run_id, letters: refused.map((date) => refuse(date, run_id, revision)) };
}

async function ended(run_id: string, status: 'succeeded' | 'failed', revision: number): Promise<void> {
  if (status === 'succeeded') {
    const about = { dataset, revision, run_id, pipeline: 'covid', branch: 'backfill', rows: 1 };
    await store.commit({ ...about, plan_hash: 'p', sources_hash: 's' });
  }
  const counts = { extracted: 2, rejected: 0, published: 2 };
  await runs.end({ run_id, status, counts, warnings: [], error: null });
}

const committed = async () =>
  (await store.commits(dataset)).map(({ revision, branch, rows }) => [revision, branch, rows]);
const waiting = async () => (await service.list({ limit: 100, state: 'waiting' })).data.map((each) => each.letter_id);

describe('a replay', () => {
  it('brings rows of a committed revision to readers, and gives their answers other names', async () => {
    const { run_id, letters } = await published(5, '2023-05-02', '2023-05-03');
    await ended(run_id, 'succeeded', 5);
    queue.sink = arrive;
    const before = queue.republished.length;
    const report = await service.replay(null);
    expect(queue.republished.slice(before).map(({ value }) => value)).toEqual([
      valueOf('2023-05-02', run_id, 5),
      valueOf('2023-05-03', run_id, 5),
    ]);
    expect(report).toEqual({
      replayed: 2,
      unreadable: 0,
      revisions: [
        {
          ...{ dataset, revision: 5, run_id, letters: 2, rows: 2 },
          ...{ readable: 2, refused: 0, state: 'committed', renamed_by: 6 },
        },
      ],
    });
    expect(await committed()).toEqual([
      [5, 'backfill', 1],
      [6, 'replay', 0],
    ]);
    expect(await store.countArrived(dataset, 5)).toBe(3);
    expect(await waiting()).toEqual([]);
    expect(await service.show(letters[0] ?? '')).toMatchObject({ replayed_at: expect.any(String) });
    // It was a run, and has let go of the dataset.
    const [run] = await runs.list({ pipeline: 'covid', limit: 1 });
    expect(run).toMatchObject({
      status: 'succeeded',
      branch: null,
      counts: { published: 2 },
      warnings: [{ code: 'dead_letters_replayed', count: 2 }],
    });
    const next = randomUUID();
    await runs.create({ run_id: next, pipeline: 'covid', branch: null, only: null, from_run: null }, dataset);
    await runs.claimDataset(dataset, next);
  });

  it('does nothing where nothing waits, and no harm when it is repeated', async () => {
    expect(await service.replay(null)).toEqual({ replayed: 0, unreadable: 0, revisions: [] });
    const { run_id, letters } = await published(5, '2023-05-02');
    await ended(run_id, 'succeeded', 5);
    queue.sink = arrive;
    await service.replay(null);
    expect(await service.replay(null)).toEqual({ replayed: 0, unreadable: 0, revisions: [] });
    const again = await service.replay(letters);
    expect(again).toMatchObject({ replayed: 1, revisions: [{ readable: 1, refused: 0, renamed_by: 7 }] });
    expect(await store.countArrived(dataset, 5)).toBe(2);
  });

  it('says what was refused again, which is a letter of its own, and names nothing anew for it', async () => {
    const { run_id } = await published(5, '2023-05-02', '2023-05-02');
    await ended(run_id, 'succeeded', 5);
    queue.sink = async (record) => void queue.refuse(record, 'still no');
    const report = await service.replay(null);
    expect(report.revisions).toMatchObject([
      { letters: 2, rows: 1, readable: 0, refused: 1, state: 'committed', renamed_by: null },
    ]);
    expect(await committed()).toEqual([[5, 'backfill', 1]]);
    expect(await waiting()).toEqual(['0-2', '0-3']);
  });

  it('does not take a letter for refused again that was there before', async () => {
    const { run_id, letters } = await published(5, '2023-05-02', '2023-05-03');
    await ended(run_id, 'succeeded', 5);
    const [first = ''] = letters;
    const report = await service.replay([first]);
    expect(report.revisions).toMatchObject([{ letters: 1, rows: 1, readable: 0, refused: 0, renamed_by: null }]);
    expect(await waiting()).toEqual(letters.slice(1));
  });

  it('leaves it to an open run to commit the rows that it waits for', async () => {
    const { run_id } = await published(5, '2023-05-02');
    queue.sink = arrive;
    const report = await service.replay(null);
    expect(report.revisions).toMatchObject([{ readable: 1, state: 'open', renamed_by: null }]);
    expect(await committed()).toEqual([]);
    await ended(run_id, 'succeeded', 5);
    expect(await committed()).toEqual([[5, 'backfill', 1]]);
  });

  it('leaves the new names to a run that holds the dataset and commits meanwhile', async () => {
    const first = await published(5, '2023-05-02');
    await ended(first.run_id, 'succeeded', 5);
    const second = await published(6);
    let looks = 0;
    const commits = store.commits.bind(store);
    store.commits = async (of) => {
      looks += 1;
      if (looks === 5) await ended(second.run_id, 'succeeded', 6);
      return commits(of);
    };
    queue.sink = arrive;
    const report = await serviceThatWaits(30_000).replay(null);
    expect(report.revisions).toMatchObject([{ readable: 1, state: 'committed', renamed_by: null }]);
    store.commits = commits;
    expect(await committed()).toEqual([
      [5, 'backfill', 1],
      [6, 'backfill', 1],
    ]);
  });

  it('gives up the new names where a run holds the dataset for long, and says so', async () => {
    const first = await published(5, '2023-05-02');
    await ended(first.run_id, 'succeeded', 5);
    const holder = await published(6);
    queue.sink = arrive;
    const report = await service.replay(null);
    expect(report.revisions).toMatchObject([{ readable: 1, state: 'committed', renamed_by: null }]);
    expect(await runs.list({ statuses: ['failed'], limit: 5 })).toMatchObject([{ error: { code: 'dataset_busy' } }]);
    // The holder goes on undisturbed.
    await ended(holder.run_id, 'succeeded', 6);
    expect((await committed()).at(-1)).toEqual([6, 'backfill', 1]);
  });

  it('tells of rows that nobody will see, because their run has failed', async () => {
    const { run_id } = await published(5, '2023-05-02');
    await ended(run_id, 'failed', 5);
    const report = await service.replay(null);
    expect(report).toMatchObject({ replayed: 1, revisions: [{ state: 'dropped', renamed_by: null }] });
    expect(await committed()).toEqual([]);
  });

  it('publishes what is no record as it was, too', async () => {
    queue.refuse({ key: null, value: '{"broken": ' }, 'unexpected end');
    queue.refuse({ key: 'ALP', value: null }, 'no value');
    const report = await service.replay(null);
    expect(report).toEqual({ replayed: 2, unreadable: 2, revisions: [] });
    expect(queue.republished).toEqual([
      { key: null, value: '{"broken": ' },
      { key: 'ALP', value: null },
    ]);
  });

  it('publishes nothing where one of the ids is none', async () => {
    const { letters } = await published(5, '2023-05-02');
    for (const id of ['0-99', 'nonsense', '']) {
      await expect(service.replay([...letters, id])).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(queue.republished).toEqual([]);
  });

  it('comes to an end though the sink refuses each letter again at once', async () => {
    const { run_id } = await published(5, ...Array.from({ length: 9 }, (_, day) => `2023-05-1${day}`));
    await ended(run_id, 'succeeded', 5);
    queue.sink = async (record) => void queue.refuse(record, 'still no');
    expect(await service.replay(null)).toMatchObject({ replayed: 9, revisions: [{ refused: 9 }] });
    expect(await queue.count()).toBe(18);
  });
});

describe('the list', () => {
  it('comes in pages of the letters that are asked for, each once', async () => {
    const all = Array.from({ length: 7 }, (_, day) => refuse(`2023-05-0${day + 1}`, 'r', 1));
    await log.record(all.filter((_, index) => index % 3 === 0));
    const pages = async (state: 'waiting' | 'replayed' | 'all', limit: number) => {
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await service.list({ limit, state, ...(cursor !== null && { cursor }) });
        expect(page.data.length).toBeLessThanOrEqual(limit);
        ids.push(...page.data.map(({ letter_id }) => letter_id));
        cursor = page.next_cursor;
      } while (cursor !== null);
      return ids;
    };
    for (const limit of [1, 2, 3, 100]) {
      expect(await pages('all', limit)).toEqual(all);
      expect(await pages('waiting', limit)).toEqual(all.filter((_, index) => index % 3 !== 0));
      expect(await pages('replayed', limit)).toEqual(all.filter((_, index) => index % 3 === 0));
    }
  });

  it('finds what waits behind thousands of replayed letters, in a few looks at the queue', async () => {
    const replayed = Array.from({ length: 5_000 }, () => refuse('2023-05-01', 'r', 1));
    await log.record(replayed);
    const left = [1, 2, 3].map((day) => refuse(`2023-05-0${day}`, 'r', 1));
    const looks = jest.spyOn(queue, 'page');
    const first = await service.list({ limit: 1, state: 'waiting' });
    expect(first.data.map(({ letter_id }) => letter_id)).toEqual(left.slice(0, 1));
    expect(looks.mock.calls.length).toBeLessThanOrEqual(6);
    const rest = await service.list({ limit: 100, state: 'waiting', cursor: first.next_cursor ?? '' });
    expect(rest).toMatchObject({ data: [{ letter_id: left[1] }, { letter_id: left[2] }], next_cursor: null });
  });

  it('ends its page where it has looked through very many in vain, with a cursor that goes on', async () => {
    await log.record(Array.from({ length: 20_000 }, () => refuse('2023-05-01', 'r', 1)));
    const left = refuse('2023-05-02', 'r', 1);
    const first = await service.list({ limit: 1, state: 'waiting' });
    expect(first).toEqual({ data: [], next_cursor: expect.any(String) });
    const second = await service.list({ limit: 1, state: 'waiting', cursor: first.next_cursor ?? '' });
    expect(second).toMatchObject({ data: [{ letter_id: left }], next_cursor: null });
  });

  it('takes a letter that was refused after its replay for another: the topic was made anew', async () => {
    queue.refuse({ key: null, value: valueOf('2023-05-02', 'r', 1) }, 'no');
    const at = (await queue.find('0-0'))?.refused_at ?? '';
    const times = { replayed: async () => new Map([['0-0', new Date(Date.parse(at) - 1).toISOString()]]) };
    const anew = new DeadLettersService(
      queue,
      { ...times, record: async () => undefined },
      new ReplayAftermath(queue, runs, store),
    );
    expect((await anew.list({ limit: 5, state: 'waiting' })).data).toHaveLength(1);
  });

  it('refuses cursors of other lists', async () => {
    refuse('2023-05-02', 'r', 1);
    refuse('2023-05-03', 'r', 1);
    const { next_cursor } = await service.list({ limit: 1, state: 'all' });
    const refused = { code: 'invalid_cursor' };
    await expect(service.list({ limit: 1, state: 'waiting', cursor: next_cursor ?? '' })).rejects.toMatchObject(
      refused,
    );
    // 19 digits: more than any queue takes for an id.
    const made = ['x', '0-1234567890123456789'].map((l) => Buffer.from(JSON.stringify({ l, s: 'all' })));
    for (const cursor of ['nonsense', 'e30', ...made.map((each) => each.toString('base64url'))]) {
      await expect(service.list({ limit: 1, state: 'all', cursor })).rejects.toMatchObject(refused);
    }
  });
});
