import { SnapshotMemory } from './snapshot-memory.js';

let memory: SnapshotMemory;
let committed: number;
let lookUps: number;
beforeEach(() => {
  memory = new SnapshotMemory();
  committed = 1;
  lookUps = 0;
});

const lookUp = () => {
  lookUps += 1;
  return Promise.resolve(committed);
};
const ask = (dataset = 'covid') => memory.ask(dataset, lookUp);
const commit = (revision: number) =>
  memory.commit(() => {
    committed = revision;
    return Promise.resolve();
  });

it('looks up once where nothing is committed, for each dataset', async () => {
  expect([await ask(), await ask(), await ask('flu'), await ask('flu')]).toEqual([1, 1, 1, 1]);
  expect(lookUps).toBe(2);
});

it('knows of a commit as soon as it is made', async () => {
  await ask();
  await commit(2);
  expect(await ask()).toBe(2);
});

it('remembers nothing that was looked up while something was committed', async () => {
  let finish = () => {};
  const committing = memory.commit(() => new Promise<void>((resolve) => (finish = resolve)));
  expect(await ask()).toBe(1);
  committed = 2;
  expect(await ask()).toBe(2);
  finish();
  await committing;
  committed = 3;
  expect(await ask()).toBe(3);
});

it('does not remember a look-up that began before a commit and ended after it', async () => {
  let answer = (_: number) => {};
  const early = memory.ask('covid', () => new Promise<number>((resolve) => (answer = resolve)));
  await commit(2);
  answer(1);
  expect(await early).toBe(1);
  expect(await ask()).toBe(2);
});

it('looks up again after a commit that failed: it may have been made all the same', async () => {
  await ask();
  await expect(
    memory.commit(() => {
      committed = 2;
      return Promise.reject(new Error('gone'));
    }),
  ).rejects.toThrow('gone');
  expect(await ask()).toBe(2);
});
