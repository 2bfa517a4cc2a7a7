import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { connectKafka, ensureTopics, KafkaSinkTopics } from '../src/index.js';

const brokers = process.env['WEIR_TEST_KAFKA']?.split(',');
if (!brokers) throw new Error('WEIR_TEST_KAFKA is not set: this spec needs the running stack');
const kafka = connectKafka({ brokers, clientId: 'spec' });
const admin = kafka.admin();
const producer = kafka.producer();

const id = `spec-${randomUUID().slice(0, 8)}`;
const [topic, deadLetters, connector] = [`${id}.records`, `${id}.dlq`, `${id}-sink`];
const topics = (readers = [{ topic, connector }]) => new KafkaSinkTopics(kafka, { readers, deadLetters });

beforeAll(async () => {
  await Promise.all([admin.connect(), producer.connect()]);
});
afterAll(() => Promise.all([admin.disconnect(), producer.disconnect()]));
beforeEach(async () => {
  await ensureTopics(kafka, [
    { topic, partitions: 2, replication: 1, config: {} },
    { topic: deadLetters, partitions: 1, replication: 1, config: { 'message.timestamp.type': 'LogAppendTime' } },
  ]);
});
afterEach(async () => {
  await admin.deleteTopics({ topics: [topic, deadLetters] });
  while ((await admin.listTopics()).some((name) => name === topic || name === deadLetters)) continue;
});

/** Removes what comes before an offset of partition 0, as retention does. */
async function expire(of: string, offset: string): Promise<void> {
  // kafkajs deletes only of topics whose leaders it has had to ask for.
  await admin.fetchTopicOffsets(of);
  await admin.deleteTopicRecords({ topic: of, partitions: [{ partition: 0, offset }] });
}

const send = (to: string, partition: number, count: number) =>
  producer.send({ topic: to, messages: Array.from({ length: count }, () => ({ value: 'x', partition })) });

describe('the lag of a connector', () => {
  it('is everything, before it has taken anything', async () => {
    await send(topic, 0, 3);
    await send(topic, 1, 4);
    expect(await topics().lag()).toEqual([{ topic, records: 7, position: 0 }]);
  });

  it('is what lies behind its positions', async () => {
    await send(topic, 0, 3);
    await send(topic, 1, 4);
    await admin.setOffsets({
      groupId: `connect-${connector}`,
      topic,
      partitions: [
        { partition: 0, offset: '3' },
        { partition: 1, offset: '1' },
      ],
    });
    expect(await topics().lag()).toEqual([{ topic, records: 3, position: 4 }]);
  });

  it('is not what expired before it was taken', async () => {
    const fresh = `${connector}-fresh`;
    await send(topic, 0, 5);
    await expire(topic, '2');
    expect(await topics([{ topic, connector: fresh }]).lag()).toEqual([{ topic, records: 3, position: 2 }]);
  });
});

describe('dead letters', () => {
  it('that there are none of are nowhere', async () => {
    expect(await topics().deadLetters()).toEqual({ written: 0, kept: 0, ranges: [] });
  });

  it('are counted as written and as kept, from the time of the oldest that is kept', async () => {
    const asks = topics();
    const before = Date.now();
    await send(deadLetters, 0, 2);
    const first = await asks.deadLetters();
    expect(first).toMatchObject({ written: 2, kept: 2, ranges: [{ partition: 0, from: 0n, to: 2n }] });
    const since = Date.parse(first.ranges[0]?.since ?? '');
    // To the second, and the clock of the broker is another one.
    expect(Math.abs(since - before)).toBeLessThan(10_000);
    await after(2_500);
    await send(deadLetters, 0, 4);
    expect(await asks.deadLetters()).toMatchObject({
      written: 6,
      kept: 6,
      ranges: [{ since: first.ranges[0]?.since }],
    });
    await expire(deadLetters, '2');
    const later = await asks.deadLetters();
    expect(later).toMatchObject({ written: 6, kept: 4, ranges: [{ partition: 0, from: 2n, to: 6n }] });
    expect(Date.parse(later.ranges[0]?.since ?? '')).toBeGreaterThan(since);
  });
});

it('says that nobody answers, or that a topic is missing', async () => {
  const unavailable = { code: 'dependency_unavailable', retryable: true };
  await expect(topics([{ topic: `${id}.none`, connector }]).lag()).rejects.toMatchObject({
    ...unavailable,
    message: expect.stringMatching(/topic is missing.*weir migrate run/),
  });
  const nobody = connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec' });
  const asks = new KafkaSinkTopics(nobody, { readers: [], deadLetters });
  await expect(asks.deadLetters()).rejects.toMatchObject(unavailable);
});
