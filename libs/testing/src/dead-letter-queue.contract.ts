import { randomUUID } from 'node:crypto';
import type { DeadLetter, DeadLetterQueue } from '@weir/pipeline';

/** A record as the sink refuses it. */
export interface RefusedRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly reason: string;
}

export interface DeadLetterQueueUnderTest {
  readonly queue: DeadLetterQueue;
  /** What it is told of replays: when, by letter id. */
  readonly replays: Map<string, string>;
  /** What the sink does with records that it cannot take; they are letters when it returns, in this order. */
  readonly refuse: (records: readonly RefusedRecord[]) => Promise<void>;
  /** What is on its way to the sink, in the order in which it was published. */
  readonly republished: () => Promise<readonly { readonly key: string | null; readonly value: string | null }[]>;
}

/** What every queue of dead letters does. `make` may give the same one each time: datasets are fresh. */
export function deadLetterQueueContract(
  make: () => Promise<DeadLetterQueueUnderTest> | DeadLetterQueueUnderTest,
): void {
  let queue: DeadLetterQueue;
  let refuse: DeadLetterQueueUnderTest['refuse'];
  let replays: DeadLetterQueueUnderTest['replays'];
  let republished: DeadLetterQueueUnderTest['republished'];
  let dataset: string;

  beforeEach(async () => {
    ({ queue, refuse, replays, republished } = await make());
    dataset = `dataset_${randomUUID()}`;
  });

  const record = (more: object = {}, reason = 'Cannot parse'): RefusedRecord => ({
    key: 'ALP',
    value: JSON.stringify({ dataset, region: 'ALP', date: '2023-05-01', run_id: 'run-1', revision: 1, ...more }),
    reason,
  });
  /** From the first letter on, in pages. */
  const all = async (limit = 100): Promise<DeadLetter[]> => {
    const letters: DeadLetter[] = [];
    for (let from: string | null | undefined; from !== null;) {
      const page = await queue.page(from ?? null, limit);
      expect(page.letters.length).toBeLessThanOrEqual(limit);
      letters.push(...page.letters);
      from = page.next;
    }
    return letters;
  };
  const mine = async () => (await all()).filter(({ row }) => row?.dataset === dataset);

  it('gives a letter back with its row, its reason and its text', async () => {
    const sent = record({ new_cases: 'many' }, 'Cannot parse "many" as Float64');
    await refuse([sent]);
    const [letter] = await mine();
    expect(letter).toEqual({
      id: expect.stringMatching(/^\d+-\d+$/),
      refused_at: expect.any(String),
      reason: sent.reason,
      error_class: letter?.error_class ?? null,
      origin: expect.objectContaining({ topic: expect.any(String), offset: expect.stringMatching(/^\d+$/) }),
      key: 'ALP',
      value: sent.value,
      row: { dataset, region: 'ALP', date: '2023-05-01', run_id: 'run-1', revision: 1 },
    });
    expect(new Date(letter?.refused_at ?? '').toISOString()).toBe(letter?.refused_at);
    expect(await queue.find(letter?.id ?? '')).toEqual(letter);
  });

  it('keeps what is no JSON, no record, or nothing at all', async () => {
    const before = (await all()).length;
    const values = ['{"region": ', '[]', '"text"', '{"dataset":"x"}', null];
    await refuse(values.map((value) => ({ key: null, value, reason: 'broken' })));
    const letters = (await all()).slice(before);
    expect(letters.map(({ key, value, row }) => ({ key, value, row }))).toEqual(
      values.map((value) => ({ key: null, value, row: null })),
    );
  });

  it('gives pages in the order of the refusals, from any letter on', async () => {
    await refuse([1, 2, 3, 4, 5].map((day) => record({ date: `2023-05-0${day}` })));
    const letters = await mine();
    expect(letters.map(({ row }) => row?.date)).toEqual([1, 2, 3, 4, 5].map((day) => `2023-05-0${day}`));
    expect((await all(2)).slice(-5)).toEqual(letters);
    const third = await queue.page(letters[2]?.id ?? '', 2);
    expect(third).toEqual({ letters: letters.slice(2, 4), next: letters[4]?.id });
    expect(await queue.page(letters[3]?.id ?? '', 2)).toEqual({ letters: letters.slice(3), next: null });
  });

  it('counts its letters', async () => {
    const before = await queue.count();
    await refuse([record(), record({ date: '2023-05-02' })]);
    expect(await queue.count()).toBe(before + 2);
  });

  it('finds no letter that is not there', async () => {
    await refuse([record()]);
    for (const id of ['0-999999999', '999-0']) expect(await queue.find(id)).toBeNull();
  });

  it('counts different rows of one revision since a time', async () => {
    const start = new Date(Date.now() - 1_000).toISOString();
    expect(await queue.refused(dataset, 1, start)).toEqual({ rows: 0, reason: null });
    await refuse([
      record({}, 'first'),
      record({}, 'again'),
      record({ date: '2023-05-02' }),
      record({ region: 'BET' }),
      record({ revision: 2 }),
      record({ dataset: `${dataset}_other` }),
      { key: null, value: 'broken', reason: 'broken' },
    ]);
    expect(await queue.refused(dataset, 1, start)).toEqual({
      rows: 3,
      reason: expect.stringMatching(/^(first|again|Cannot)/),
    });
    expect(await queue.refused(dataset, 2, start)).toMatchObject({ rows: 1 });
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await queue.refused(dataset, 1, later)).toEqual({ rows: 0, reason: null });
  });

  it('counts the rows whose last letter was not replayed', async () => {
    const start = new Date(Date.now() - 1_000).toISOString();
    const second = record({ date: '2023-05-02' });
    await refuse([record(), second]);
    expect(await queue.waiting(dataset, 1, start)).toMatchObject({ rows: 2 });
    for (const { id, refused_at } of await mine()) replays.set(id, refused_at);
    expect(await queue.waiting(dataset, 1, start)).toEqual({ rows: 0, reason: null });
    await refuse([{ ...second, reason: 'again' }]);
    expect(await queue.waiting(dataset, 1, start)).toMatchObject({ rows: 1, reason: expect.stringMatching(/again/) });
    // A replay from before the letter was another letter's, of a topic that is gone.
    for (const { id } of await mine()) replays.set(id, '2000-01-01T00:00:00.000Z');
    expect(await queue.waiting(dataset, 1, start)).toMatchObject({ rows: 2 });
    expect(await queue.refused(dataset, 1, start)).toMatchObject({ rows: 2 });
  });

  it('publishes letters once more as they were, and keeps them', async () => {
    const sent = [record(), { key: null, value: `{"broken": "${dataset}`, reason: 'broken' }];
    await refuse(sent);
    const before = await all();
    const letters = before.slice(-2);
    await queue.republish(letters);
    const published = await republished();
    expect(published.slice(-2)).toEqual(sent.map(({ key, value }) => ({ key, value })));
    expect(await all()).toEqual(before);
    await queue.republish([]);
    expect(await republished()).toHaveLength(published.length);
  });
}
