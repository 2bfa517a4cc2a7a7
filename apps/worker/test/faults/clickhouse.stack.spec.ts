import { eventually } from '@weir/testing';
import { expectWhole, lettersOf } from '../figures-under-test.js';
import { GeneratedSource } from '../generated-source.js';
import { begin, fullSpeed, middleOfBackfill, staysRunning, succeeded } from '../runs-under-test.js';
import { compose, health, proxies, sinkIsWell, sinkReasons, restore, upWithFaults } from '../stack-under-test.js';

/** What the sink retries by itself: nothing of it ends as a dead letter. */
const PATIENCE = 600_000;
/** An insert over HTTP, as URLs spell it. */
const INSERT = 'INSERT(\\+|%20)INTO';

beforeAll(() => upWithFaults(), PATIENCE);
afterEach(() => restore(), PATIENCE);

it(
  'down for 60 s in the middle of a backfill: told within 30 s, and within 90 s of its return all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('clickhouse-down');
    const killed = Date.now();
    await compose(['kill', 'clickhouse']);
    await fullSpeed();
    await eventually('/health tells', 30, async () => {
      const { dependencies } = await health();
      return dependencies['clickhouse']?.status === 'down' && dependencies['sink']?.status === 'down';
    });
    await staysRunning(run, 60 - (Date.now() - killed) / 1000);
    await compose(['start', 'clickhouse']);
    await succeeded(run, source, 90);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
    await eventually('the sink is well', 60, sinkIsWell, sinkReasons);
  },
  PATIENCE,
);

it(
  'an insert that hangs is given up and done again: within 120 s all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('clickhouse-hangs');
    // The connections that the sink has now never answer again, though what it says gets through; later ones do.
    await proxies.clickhouse.set({ kind: 'stall', direction: 'to_client' });
    await proxies.clickhouse.set({ kind: 'pass' });
    await fullSpeed();
    await succeeded(run, source, 120);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

it(
  'the answer of an insert lost twice: done again, nothing is doubled, and within 90 s all is readable',
  async () => {
    const source = await new GeneratedSource('clickhouse-answer-lost', { regions: 20, days: 3_000 }).write();
    await proxies.clickhouse.set({ kind: 'lose_answer', after: INSERT, times: 2 });
    const before = (await proxies.clickhouse.state()).lost_answers;
    const run = await begin(source);
    await succeeded(run, source, 90);
    expect((await proxies.clickhouse.state()).lost_answers - before).toBe(2);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);
