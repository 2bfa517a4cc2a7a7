import { createRequire } from 'node:module';
import fc from 'fast-check';
import { CompressionTypes, Partitioners, type Message } from 'kafkajs';
import { connectKafka } from '../client/kafka.js';
import { encodedMessages, type KeyedLines } from './encoded-messages.js';

// What kafkajs does with messages on their way to the broker, from its own parts.
const require = createRequire(import.meta.url);
const group = require('kafkajs/src/producer/groupMessagesPerPartition') as (given: object) => {
  [partition: string]: { readonly length: number };
};
const request = require('kafkajs/src/protocol/requests/produce/v7/request') as (given: object) => {
  encode(): Promise<{ readonly buffer: Buffer }>;
};

const PARTITIONS = 6;

/** A produce request for messages, as kafkajs 2.2.4 puts it together; as hex, which is compared fast. */
async function produced(messages: Message[], compression: CompressionTypes): Promise<string> {
  const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({ partitionId, leader: 1 }));
  const byPartition = group({
    topic: 'incidence',
    partitionMetadata,
    messages,
    partitioner: Partitioners.DefaultPartitioner(),
  });
  const partitions = Object.entries(byPartition).map(([partition, some], n) => ({
    partition: Number(partition),
    messages: some,
    firstSequence: 1000 * n + some.length,
  }));
  const encoder = await request({
    acks: -1,
    timeout: 1000,
    producerId: 7,
    producerEpoch: 3,
    compression,
    topicData: [{ topic: 'incidence', partitions }],
  }).encode();
  return encoder.buffer.toString('hex');
}

/** The same records as one message each. */
function plainMessages(records: readonly KeyedLines[]): Message[] {
  return records.flatMap(({ key, lines }) =>
    lines
      .toString('utf8')
      .split('\n')
      .map((value) => ({ key, value })),
  );
}

const lines = (texts: readonly string[]) => Buffer.from(texts.join('\n'));

const text = fc.string({ unit: fc.constantFrom('a', '{', '"', 'é', '🦠', '\r', '\0', ' ') });
const value = fc.oneof(
  text,
  // Lengths about which a varint takes one byte more: 64, 8192.
  fc.integer({ min: 50, max: 80 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 8100, max: 8300 }).map((length) => 'y'.repeat(length)),
);
const records = fc.array(fc.record({ key: text, lines: fc.array(value, { minLength: 1, maxLength: 90 }).map(lines) }), {
  minLength: 1,
  maxLength: 12,
});

const { now } = Date;
beforeAll(() => {
  connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec' });
  // A batch carries the time at which it was made: here always the same.
  Date.now = () => Date.UTC(2023, 4, 16, 12);
});
afterAll(() => {
  Date.now = now;
});

it('are the bytes that kafkajs makes of one message each', async () => {
  await fc.assert(
    fc.asyncProperty(records, async (some) => {
      const [ours, theirs] = [encodedMessages(some), plainMessages(some)];
      expect(await produced(ours, CompressionTypes.None)).toBe(await produced(theirs, CompressionTypes.None));
    }),
    { numRuns: 60 },
  );
});

it('are so compressed, too, and a second time', async () => {
  const some = [
    { key: 'DEU', lines: lines(Array.from({ length: 3000 }, (_, n) => `{"region":"DEU","n":${n}}`)) },
    { key: 'FRA', lines: lines(Array.from({ length: 2000 }, (_, n) => `{"region":"FRA","n":${n}}`)) },
  ];
  const theirs = await produced(plainMessages(some), CompressionTypes.GZIP);
  const ours = encodedMessages(some);
  expect(await produced(ours, CompressionTypes.GZIP)).toBe(theirs);
  // kafkajs encodes anew when it tries again.
  expect(await produced(ours, CompressionTypes.GZIP)).toBe(theirs);
});

it('say how many they are, partition by partition, so that as many sequence numbers are taken', async () => {
  await fc.assert(
    fc.asyncProperty(records, async (some) => {
      const lengths = (messages: Message[]) =>
        Object.entries(
          group({
            topic: 'incidence',
            partitionMetadata: [0, 1, 2].map((partitionId) => ({ partitionId, leader: 1 })),
            messages,
            partitioner: Partitioners.DefaultPartitioner(),
          }),
        ).map(([partition, { length }]) => [partition, length]);
      expect(lengths(encodedMessages(some))).toEqual(lengths(plainMessages(some)));
    }),
  );
});
