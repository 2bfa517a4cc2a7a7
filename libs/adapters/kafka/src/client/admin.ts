import type { Admin, Kafka } from 'kafkajs';
import { within } from './deadline.js';
import { withKafka } from './kafka-failure.js';

/** Milliseconds that a question to the cluster may take, its retries included. */
const ASKING_MS = 20_000;

/** Asks the cluster something, over a connection of its own. */
export async function withAdmin<T>(
  kafka: Kafka,
  ask: (admin: Admin) => Promise<T>,
  milliseconds = ASKING_MS,
): Promise<T> {
  const admin = kafka.admin();
  return withKafka(async () => {
    try {
      return await within(
        milliseconds,
        (async () => {
          await admin.connect();
          return ask(admin);
        })(),
      );
    } finally {
      void admin.disconnect().catch(() => undefined);
    }
  });
}

/** Resolves when the cluster answers, and says which brokers it has; else fails with `dependency_unavailable`. */
export async function pingKafka(kafka: Kafka, milliseconds = 3_000): Promise<{ readonly brokers: number }> {
  const { brokers } = await withAdmin(kafka, (admin) => admin.describeCluster(), milliseconds);
  return { brokers: brokers.length };
}
