import { deadLetterQueueContract, eventually } from '@weir/testing';
import { CompressionTypes, Partitioners, type Message } from 'kafkajs';
import { withAdmin } from '../src/client/admin.js';
import { connectKafka, KafkaDeadLetterQueue, REPLAY_HEADER, type Kafka } from '../src/index.js';
import { brokerAddress, freshTopic, messagesOf, Network, removeBefore } from './broker.js';

let kafka: Kafka;
beforeAll(() => {
  kafka = connectKafka({ brokers: [brokerAddress()], clientId: 'spec' });
});

const queues: KafkaDeadLetterQueue[] = [];
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close();
});

/** An empty queue, and the topic to which it replays. */
async function emptyQueue(partitions = 1, through = kafka, replayPartitions = 2) {
  const topic = await freshTopic(kafka, partitions, { 'message.timestamp.type': 'LogAppendTime' });
  const replayTo = await freshTopic(kafka, replayPartitions);
  const replays = new Map<string, string>();
  const queue = new KafkaDeadLetterQueue({ kafka: through, topic, replayTo, replayed: async () => replays });
  queues.push(queue);
  return { queue, replays, topic, replayTo };
}

async function send(topic: string, messages: Message[], transactionalId?: string): Promise<void> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    ...(transactionalId ? { transactionalId, idempotent: true, maxInFlightRequests: 1 } : {}),
  });
  await producer.connect();
  if (transactionalId) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages });
    await transaction.commit();
  } else await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
  await producer.disconnect();
}

const record = (date: string, revision = 5) =>
  JSON.stringify({ dataset: 'covid', region: 'DEU', date, new_cases: 1, run_id: 'run-1', revision });

const letter = (date: string, revision = 5): Message => ({
  key: 'DEU',
  value: record(date, revision),
  partition: 0,
  headers: {
    '__connect.errors.topic': 'incidence.retry',
    '__connect.errors.partition': '0',
    '__connect.errors.offset': '3',
    '__connect.errors.exception.class.name': 'java.lang.RuntimeException',
    '__connect.errors.exception.message': `refused ${date}`,
  },
});
const day = (n: number) => `2023-01-${String(n).padStart(2, '0')}`;
const days = (count: number) => Array.from({ length: count }, (_, n) => letter(day(n + 1)));

describe('keeps the contract of its port', () => {
  deadLetterQueueContract(async () => {
    const { queue, replays, topic, replayTo } = await emptyQueue(1, kafka, 1);
    return {
      queue,
      replays,
      refuse: (records) =>
        send(
          topic,
          records.map(({ key, value, reason }, n) => ({
            key,
            value,
            partition: 0,
            headers: {
              '__connect.errors.topic': 'incidence.retry',
              '__connect.errors.partition': '0',
              '__connect.errors.offset': String(n),
              '__connect.errors.exception.message': reason,
            },
          })),
        ),
      republished: async () => {
        const sent = await messagesOf(kafka, replayTo);
        return sent.map(({ key, value }) => ({ key: key?.toString() ?? null, value: value?.toString() ?? null }));
      },
    };
  });
});

describe('a page', () => {
  it('has the oldest letters first, and says where the next one begins', async () => {
    const { queue, topic } = await emptyQueue();
    await send(topic, days(7));
    const pages = [];
    for (let from: string | null = null; ;) {
      const page = await queue.page(from, 3);
      pages.push(page);
      from = page.next;
      if (from === null) break;
    }
    expect(pages.map(({ letters }) => letters.map(({ id }) => id))).toEqual([
      ['0-0', '0-1', '0-2'],
      ['0-3', '0-4', '0-5'],
      ['0-6'],
    ]);
    expect(pages.map(({ next }) => next)).toEqual(['0-3', '0-6', null]);
    expect(pages[2]?.letters[0]).toMatchObject({
      reason: 'refused 2023-01-07',
      error_class: 'java.lang.RuntimeException',
      origin: { topic: 'incidence.retry', partition: 0, offset: '3' },
      key: 'DEU',
      row: { dataset: 'covid', region: 'DEU', date: '2023-01-07', run_id: 'run-1', revision: 5 },
    });
    expect(Date.now() - Date.parse(pages[0]?.letters[0]?.refused_at ?? '')).toBeLessThan(60_000);
  });

  it('that is full to the last letter has none behind it', async () => {
    const { queue, topic } = await emptyQueue();
    await send(topic, days(3));
    expect(await queue.page(null, 3)).toMatchObject({ letters: { length: 3 }, next: null });
    expect(await queue.page('0-3', 3)).toEqual({ letters: [], next: null });
  });

  it('of an empty queue is empty', async () => {
    const { queue } = await emptyQueue();
    expect(await queue.page(null, 10)).toEqual({ letters: [], next: null });
    expect(await queue.count()).toBe(0);
  });

  it('of a queue with several partitions goes through one after the other', async () => {
    const { queue, topic } = await emptyQueue(3);
    await send(
      topic,
      days(6).map((one, n) => ({ ...one, partition: n % 3 })),
    );
    const first = await queue.page(null, 4);
    expect(first.letters.map(({ id }) => id)).toEqual(['0-0', '0-1', '1-0', '1-1']);
    expect((await queue.page(first.next, 4)).letters.map(({ id }) => id)).toEqual(['2-0', '2-1']);
    expect(await queue.count()).toBe(6);
  });

  it('shows letters however broken they are', async () => {
    const { queue, topic } = await emptyQueue();
    const huge = `{"dataset":"${'x'.repeat(900_000)}"}`;
    const values = [null, '{"dataset":', 'a\0b', Buffer.from([0xff, 0xfe]), huge, record(day(1))];
    for (const value of values) await send(topic, [{ key: null, value }]);
    const { letters } = await queue.page(null, 10);
    expect(letters.map(({ value, row }) => [value?.length ?? null, row === null])).toEqual([
      [null, true],
      [11, true],
      [3, true],
      [2, true],
      [huge.length, true],
      [record(day(1)).length, false],
    ]);
  });

  it('is cut where letters are large, and goes on behind the cut', async () => {
    const { queue, topic } = await emptyQueue();
    for (let n = 0; n < 7; n += 1) await send(topic, [{ key: `${n}`, value: 'x'.repeat(900_000) }]);
    const first = await queue.page(null, 100);
    expect(first.letters).toHaveLength(4);
    expect((await queue.page(first.next, 100)).letters.map(({ key }) => key)).toEqual(['4', '5', '6']);
  });

  it('ends at markers of transactions, in the middle and at the end', async () => {
    const { queue, topic } = await emptyQueue();
    // The broker writes the marker of a commit after it has answered it: until then the topic ends before the transaction, and
    // what is sent meanwhile comes before the marker.
    const marked = (letters: number) =>
      eventually(`${letters} letters and markers`, 20, async () => (await queue.count()) >= letters);
    await send(topic, days(2), `${topic}-a`);
    await marked(3);
    await send(topic, days(2), `${topic}-b`);
    await marked(6);
    const { letters, next } = await queue.page(null, 10);
    expect(letters.map(({ id }) => id)).toEqual(['0-0', '0-1', '0-3', '0-4']);
    expect(next).toBeNull();
    expect(await queue.page('0-5', 10)).toEqual({ letters: [], next: null });
  });

  it('begins with what retention left', async () => {
    const { queue, topic } = await emptyQueue();
    await send(topic, days(5));
    await removeBefore(kafka, topic, '3');
    expect((await queue.page(null, 10)).letters.map(({ id }) => id)).toEqual(['0-3', '0-4']);
    expect((await queue.page('0-1', 10)).letters.map(({ id }) => id)).toEqual(['0-3', '0-4']);
    expect(await queue.count()).toBe(2);
    expect(await queue.find('0-1')).toBeNull();
  });

  it('ends while letters keep coming', async () => {
    const { queue, topic } = await emptyQueue();
    await send(topic, days(3));
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const writing = { on: true };
    const written = (async () => {
      while (writing.on) await producer.send({ topic, messages: days(20) });
    })();
    const { letters } = await queue.page(null, 100_000);
    writing.on = false;
    await written;
    await producer.disconnect();
    expect(letters.length).toBeGreaterThanOrEqual(3);
    expect(letters.length).toBeLessThan(await queue.count());
  });

  it('is refused for an id that is none', async () => {
    const { queue } = await emptyQueue();
    await expect(queue.page('x', 1)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves no consumer group behind', async () => {
    const { queue, topic } = await emptyQueue();
    await send(topic, days(1));
    const groups = () =>
      withAdmin(kafka, async (admin) =>
        (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => id.startsWith('weir-reader-')),
      );
    const before = new Set(await groups());
    await queue.page(null, 1);
    const left = async () => (await groups()).filter((id) => !before.has(id));
    await eventually('none of its groups is left', 20, async () => (await left()).length === 0, left);
  });
});

describe('a letter', () => {
  it('is found by its id', async () => {
    const { queue, topic } = await emptyQueue();
    await send(topic, days(3));
    expect(await queue.find('0-1')).toMatchObject({ id: '0-1', reason: 'refused 2023-01-02' });
    for (const id of ['0-3', '1-0', 'x', '']) expect(await queue.find(id)).toBeNull();
  });
});

describe('refused rows', () => {
  const since = () => new Date(Date.now() - 1000).toISOString();

  it('are the different ones of a revision', async () => {
    const { queue, topic } = await emptyQueue();
    const time = since();
    await send(topic, [letter(day(1)), letter(day(1)), letter(day(2)), letter(day(3), 6), { key: null, value: 'x' }]);
    expect(await queue.refused('covid', 5, time)).toEqual({ rows: 2, reason: 'refused 2023-01-02' });
    expect(await queue.refused('covid', 6, time)).toMatchObject({ rows: 1 });
    expect(await queue.refused('flu', 5, time)).toEqual({ rows: 0, reason: null });
  });

  it('are asked for again and again: only what is new is read', async () => {
    const { queue, topic } = await emptyQueue();
    const time = since();
    await send(topic, days(2));
    expect(await queue.refused('covid', 5, time)).toMatchObject({ rows: 2 });
    expect(await queue.refused('covid', 5, time)).toMatchObject({ rows: 2 });
    await send(topic, days(4));
    expect(await queue.refused('covid', 5, time)).toMatchObject({ rows: 4 });
  });

  it('are none where nothing was refused since, and no letter is read for that', async () => {
    // A client that can ask for offsets, and do nothing else.
    const asking = Object.assign(Object.create(kafka) as Kafka, {
      consumer: () => {
        throw new Error('a letter was read');
      },
    });
    const { queue, topic } = await emptyQueue(1, asking);
    await send(topic, days(3));
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await queue.refused('covid', 5, later)).toEqual({ rows: 0, reason: null });
    await expect(queue.refused('covid', 5, since())).rejects.toThrow('a letter was read');
  });
});

describe('a replay', () => {
  it('sends key and value as they were, and says of which letter; the error stays behind', async () => {
    const { queue, topic, replayTo } = await emptyQueue();
    const odd = Buffer.from([0xff, 0x00, 0x7b]);
    await send(topic, [letter(day(1)), letter(day(2)), { key: odd, value: odd }, { key: 'FRA', value: null }]);
    const { letters } = await queue.page(null, 10);
    await queue.republish([letters[3], letters[0], letters[2]].flatMap((one) => (one ? [one] : [])));
    const sent = await messagesOf(kafka, replayTo);
    const byLetter = new Map(sent.map((one) => [one.headers?.[REPLAY_HEADER]?.toString(), one]));
    expect([...byLetter.keys()].sort()).toEqual(['0-0', '0-2', '0-3']);
    expect(byLetter.get('0-0')).toMatchObject({ key: Buffer.from('DEU'), value: Buffer.from(record(day(1))) });
    expect(byLetter.get('0-2')).toMatchObject({ key: odd, value: odd });
    expect(byLetter.get('0-3')).toMatchObject({ key: Buffer.from('FRA'), value: null });
    for (const { headers } of sent) expect(Object.keys(headers ?? {})).toEqual([REPLAY_HEADER]);
  });

  it('of letters of which one is gone sends none', async () => {
    const { queue, topic, replayTo } = await emptyQueue();
    await send(topic, days(3));
    const { letters } = await queue.page(null, 10);
    await removeBefore(kafka, topic, '1');
    await expect(queue.republish(letters)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('0-0'),
    });
    expect(await messagesOf(kafka, replayTo)).toEqual([]);
  });

  it('of nothing does nothing', async () => {
    const { queue, replayTo } = await emptyQueue();
    await queue.republish([]);
    expect(await messagesOf(kafka, replayTo)).toEqual([]);
  });

  it('of more than one send may hold sends all', async () => {
    const { queue, topic, replayTo } = await emptyQueue();
    const large = Array.from({ length: 5 }, (_, n) => ({ key: `${n}`, value: `${n}`.repeat(400_000) }));
    for (const one of large) await send(topic, [one]);
    await queue.republish((await queue.page(null, 10)).letters);
    const sent = await messagesOf(kafka, replayTo);
    expect(sent.map(({ value }) => value?.toString()).sort()).toEqual(large.map(({ value }) => value));
  });
});

it('fails as an outage while the broker is away', async () => {
  const network = new Network();
  const { queue, topic } = await emptyQueue(1, network.client());
  await send(topic, days(1));
  network.cut();
  const outage = { code: 'dependency_unavailable', retryable: true, details: { dependency: 'kafka' } };
  await expect(queue.page(null, 1)).rejects.toMatchObject(outage);
  await expect(queue.count()).rejects.toMatchObject(outage);
  network.mend();
  expect(await queue.count()).toBe(1);
});
