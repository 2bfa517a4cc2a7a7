import { randomUUID } from 'node:crypto';
import { connectKafka, KafkaSinkTopics } from '../src/index.js';

const brokers = process.env['WEIR_TEST_KAFKA']?.split(',');
if (!brokers) throw new Error('WEIR_TEST_KAFKA is not set: this spec needs the running stack');
const kafka = connectKafka({ brokers, clientId: 'spec' });
const admin = kafka.admin();
const producer = kafka.producer();

const id = `spec-${randomUUID().slice(0, 8)}`;
const [topic, deadLetters, connector] = [`${id}.records`, `${id}.dlq`, `${id}-sink`];
let asked: ReadonlyMap<number, bigint>[];
let replayed: number | null;
const topics = (readers = [{ topic, connector }]) =>
  new KafkaSinkTopics(kafka, {
    readers,
    deadLetters,
    replayed: async (oldest) => {
      asked.push(oldest);
      return replayed;
    },
  });

beforeAll(async () => {
  await Promise.all([admin.connect(), producer.connect()]);
});
afterAll(() => Promise.all([admin.disconnect(), producer.disconnect()]));
beforeEach(async () => {
  asked = [];
  replayed = 0;
  await admin.createTopics({
    topics: [
      { topic, numPartitions: 2 },
      { topic: deadLetters, numPartitions: 1 },
    ],
  });
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
  it('that there are none of are not asked after', async () => {
    expect(await topics().deadLetters()).toEqual({ written: 0, kept: 0, not_replayed: 0 });
    expect(asked).toEqual([]);
  });

  it('are counted as written, as kept, and as not replayed of those', async () => {
    await send(deadLetters, 0, 6);
    await expire(deadLetters, '2');
    replayed = 1;
    expect(await topics().deadLetters()).toEqual({ written: 6, kept: 4, not_replayed: 3 });
    expect(asked).toEqual([new Map([[0, 2n]])]);
    replayed = null;
    expect(await topics().deadLetters()).toMatchObject({ kept: 4, not_replayed: null });
  });
});

it('says that nobody answers, or that a topic is missing', async () => {
  const unavailable = { code: 'dependency_unavailable', retryable: true };
  await expect(topics([{ topic: `${id}.none`, connector }]).lag()).rejects.toMatchObject({
    ...unavailable,
    message: expect.stringMatching(/topic is missing.*weir migrate run/),
  });
  const nobody = connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec' });
  const asks = new KafkaSinkTopics(nobody, { readers: [], deadLetters, replayed: async () => 0 });
  await expect(asks.deadLetters()).rejects.toMatchObject(unavailable);
});
