import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { KafkaMessage } from 'kafkajs';
import { readTopic } from '../src/dead-letters/read-topic.js';
import { withAdmin } from '../src/client/admin.js';
import { connectKafka, ensureTopics, type Kafka } from '../src/index.js';

/** Address of the broker that the suite runs against. */
export function brokerAddress(): string {
  const address = process.env.WEIR_TEST_KAFKA;
  if (!address) throw new Error('WEIR_TEST_KAFKA is not set: the address of a Kafka broker, such as 127.0.0.1:9092');
  return address;
}

/** A topic of its own for a test. */
export async function freshTopic(
  kafka: Kafka,
  partitions = 3,
  config: { [name: string]: string } = {},
): Promise<string> {
  const topic = `spec-${randomUUID()}`;
  await ensureTopics(kafka, [{ topic, partitions, replication: 1, config }]);
  return topic;
}

/** Removes what comes before an offset of partition 0, as retention does. */
export async function removeBefore(kafka: Kafka, topic: string, offset: string): Promise<void> {
  await withAdmin(kafka, async (admin) => {
    // kafkajs deletes only of topics whose leaders it has had to ask for.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] });
  });
}

/** Everything that is in a topic, partition by partition. */
export async function messagesOf(
  kafka: Kafka,
  topic: string,
): Promise<readonly (KafkaMessage & { readonly partition: number })[]> {
  const offsets = await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
  const ranges = offsets.map(({ partition, low, high }) => ({ partition, from: BigInt(low), to: BigInt(high) }));
  const messages: (KafkaMessage & { readonly partition: number })[] = [];
  await readTopic(kafka, topic, ranges, (partition, message) => messages.push({ ...message, partition }) > 0);
  return messages;
}

/** A network between client and broker that can be cut, or can lose what the broker answers. */
export class Network {
  private readonly sockets = new Set<Socket>();
  private state: 'up' | 'cut' | 'answers lost' = 'up';

  client(): Kafka {
    return connectKafka({
      brokers: [brokerAddress()],
      clientId: 'spec',
      socketFactory: ({ host, port, onConnect }) => {
        const socket = connect({ host, port }, onConnect);
        this.sockets.add(socket);
        socket.on('close', () => this.sockets.delete(socket));
        if (this.state === 'cut') socket.destroy(new Error('connect ECONNREFUSED, the network is cut'));
        const emit = socket.emit.bind(socket) as (event: string, ...given: unknown[]) => boolean;
        // What arrives while answers are lost never reaches the client.
        socket.emit = (event: string, ...given: unknown[]) =>
          event === 'data' && this.state === 'answers lost' ? true : emit(event, ...given);
        return socket;
      },
    });
  }

  cut(): void {
    this.state = 'cut';
    this.disconnect();
  }

  loseAnswers(): void {
    this.state = 'answers lost';
  }

  /** Connections break; new ones can be made unless the network is cut. */
  disconnect(): void {
    for (const socket of this.sockets) socket.destroy(new Error('read ECONNRESET, the network is cut'));
  }

  mend(): void {
    this.state = 'up';
  }

  /** Resolves when no more than one connection, that of the client in use, has been there for so long as a retry waits. */
  async quiet(): Promise<void> {
    for (let since = Date.now(); Date.now() - since < 3_000; await new Promise((resolve) => setTimeout(resolve, 100))) {
      if (this.sockets.size > 1) since = Date.now();
    }
  }
}
