import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';
import { WeirError } from '@weir/pipeline';
import { within } from '../client/deadline.js';
import { kafkaFailure } from '../client/kafka-failure.js';

// A CommonJS module: Node finds few of its names by itself.
const { CompressionTypes, KafkaJSNonRetriableError, Partitioners } = kafkajs;

export interface ProducerSettings {
  readonly kafka: Kafka;
  /** Milliseconds until messages that were not acknowledged count as failed; the client's own retries included. */
  readonly deadlineMs: number;
  /** Aborted when the process is to stop: what is on its way then fails with `stopping`. */
  readonly stopping?: AbortSignal;
}

/** A client, until a send of it fails. */
interface Client {
  readonly ready: Promise<Producer>;
  /** From then on it sends nothing more, whatever it is still trying. */
  givenUp: boolean;
}

/**
 * Sends messages and waits until every replica in sync has them. Idempotent: what is sent again within the deadline,
 * because an answer was lost or a leader moved, is in the topic once.
 *
 * One send at a time. After a failed one the client is replaced, and a new one has a new producer id: kafkajs gives the
 * sequence numbers of what failed to what comes next, and where the broker did take the first, it would silently drop the
 * second as a repetition. So a retry may put messages into the topic twice, which readers of it have to bear, and nothing
 * is lost.
 */
export class IdempotentProducer {
  private current: Client | null = null;

  constructor(private readonly settings: ProducerSettings) {}

  /** @returns when all are acknowledged. Fails with `dependency_unavailable`, `record_too_large`, `stopping` and the like. */
  async send(topic: string, messages: Message[]): Promise<void> {
    const { kafka, deadlineMs } = this.settings;
    this.current ??= connect(kafka);
    const client = this.current;
    const sending = client.ready.then((producer) =>
      producer.send({ topic, messages, acks: -1, compression: CompressionTypes.GZIP, timeout: 10_000 }),
    );
    try {
      await this.unlessStopped(within(deadlineMs, sending));
    } catch (error) {
      if (this.current === client) this.current = null;
      void giveUp(client, sending);
      throw kafkaFailure(error);
    }
  }

  async close(): Promise<void> {
    const client = this.current;
    this.current = null;
    if (client) await within(5_000, disconnect(client)).catch(() => undefined);
  }

  private async unlessStopped<T>(sent: Promise<T>): Promise<T> {
    const { stopping } = this.settings;
    if (!stopping) return sent;
    let stop: (() => void) | undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(isStopping());
      if (stopping.aborted) stop();
      else stopping.addEventListener('abort', stop);
    });
    try {
      return await Promise.race([sent, stopped]);
    } finally {
      if (stop) stopping.removeEventListener('abort', stop);
      sent.catch(() => undefined);
    }
  }
}

export function isStopping(): WeirError {
  return new WeirError('stopping', 'the process is stopping; the run goes on after a restart', { retryable: true });
}

function connect(kafka: Kafka): Client {
  const client = { givenUp: false };
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // kafkajs cannot be told to stop trying. But each attempt asks for partitions first.
    createPartitioner: () => {
      const partitionOf = Partitioners.DefaultPartitioner();
      return (given) => {
        if (client.givenUp) throw new KafkaJSNonRetriableError('this was given up');
        return partitionOf(given);
      };
    },
    // Some 17 seconds.
    retry: { initialRetryTime: 100, factor: 0.2, multiplier: 2, maxRetryTime: 2_000, retries: 12 },
  });
  return Object.assign(client, {
    ready: producer.connect().then(
      () => producer,
      (error: unknown) => {
        void producer.disconnect().catch(() => undefined);
        throw error;
      },
    ),
  });
}

/** Lets go of a client: now, and again once its last attempt has ended, because an attempt connects anew. */
async function giveUp(client: Client, sending: Promise<unknown>): Promise<void> {
  client.givenUp = true;
  await disconnect(client);
  await sending.catch(() => undefined);
  await disconnect(client);
}

async function disconnect({ ready }: Client): Promise<void> {
  try {
    await (await ready).disconnect();
  } catch {
    // It was never connected, or is cut off: there is nothing to let go of.
  }
}
