import { countReplayed, PostgresReplayLog, postgresPool } from '../src/index.js';

const url = process.env['WEIR_TEST_POSTGRES'];
if (!url) throw new Error('WEIR_TEST_POSTGRES is not set: this spec needs the running stack');
const postgres = postgresPool({ url, poolSize: 1 });

/** Partitions that no topic has. */
const [one, other] = [9_001, 9_002];
const forget = () =>
  postgres.query(`DELETE FROM replayed_dead_letters WHERE letter_id LIKE '${one}-%' OR letter_id LIKE '${other}-%'`);

beforeAll(async () => {
  await new PostgresReplayLog(postgres).record([9, 10, 11, 100].map((offset) => `${one}-${offset}`));
  await new PostgresReplayLog(postgres).record([`${other}-3`, `${one}-10`]);
});
afterAll(async () => {
  await forget();
  await postgres.destroy();
});

it.each([
  ['all of one partition', [[one, 0n]], 4],
  ['none older than the oldest that is kept, by number and not by text', [[one, 10n]], 3],
  ['nothing of what is kept no more', [[one, 101n]], 0],
  [
    'each partition from its own oldest',
    [
      [one, 11n],
      [other, 3n],
    ],
    3,
  ],
  ['nothing of no partition', [], 0],
] as [string, [number, bigint][], number][])('counts %s', async (_what, oldest, count) => {
  expect(await countReplayed(postgres, new Map(oldest))).toBe(count);
});
