import { expectWhole, lettersOf } from '../figures-under-test.js';
import { GeneratedSource } from '../generated-source.js';
import { begin, fullSpeed, middleOfBackfill, staysRunning, succeeded } from '../runs-under-test.js';
import { compose, proxies, restore, upWithFaults } from '../stack-under-test.js';

const PATIENCE = 600_000;

/**
 * A produce request (versions 3 to 8) to the topic, as bytes: no transaction, acks of all, some time-out, one topic. Other
 * requests name the topic, too, but not after these.
 */
const PRODUCE = '\\xff\\xff\\xff\\xff.{4}\\x00\\x00\\x00\\x01\\x00\\x09incidence';

beforeAll(() => upWithFaults(), PATIENCE);
afterEach(() => restore(), PATIENCE);

it(
  'down for 20 s in the middle of a backfill: the step is tried again, and within 120 s of its return all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('broker-down');
    await compose(['kill', 'kafka']);
    await fullSpeed();
    await staysRunning(run, 20);
    await compose(['start', 'kafka']);
    await succeeded(run, source, 120);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

it(
  'its acks lost three times: what it had already is not stored twice, and within 90 s all is readable',
  async () => {
    const source = await new GeneratedSource('broker-ack-lost', { regions: 20, days: 3_000 }).write();
    await proxies.kafka.set({ kind: 'lose_answer', after: PRODUCE, times: 3 });
    const before = (await proxies.kafka.state()).lost_answers;
    const run = await begin(source);
    await succeeded(run, source, 90);
    expect((await proxies.kafka.state()).lost_answers - before).toBe(3);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);
