import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { WeirError } from '@weir/pipeline';
import { withAdmin } from '../client/admin.js';
import { kafkaFailure, unreachable } from '../client/kafka-failure.js';
import type { TopicDeclaration } from './topics.js';

// A CommonJS module: Node finds few of its names by itself.
const { ConfigResourceTypes } = kafkajs;

/** Milliseconds that brokers may take to tell one another of a change. */
const SPREADING_MS = 15_000;

/** Kafka's number for a setting that was set on the topic itself. */
const SET_ON_TOPIC = 1;

/**
 * Makes the topics what they are declared to be: makes what is missing, raises partitions where there are fewer, sets what
 * is set otherwise. It deletes nothing, lowers nothing, and leaves settings alone that are not declared. Doing it again,
 * or in several processes at once, changes nothing.
 *
 * With more partitions a series may move to another one, so that a reader may see its newer records before its older ones.
 * That does no harm: which record of a row counts is decided by its revision, never by its place in the topic.
 * @returns what it did, in words, in order; empty where everything was as declared.
 */
export async function ensureTopics(kafka: Kafka, topics: readonly TopicDeclaration[]): Promise<readonly string[]> {
  return withAdmin(
    kafka,
    async (admin) => {
      const done: string[] = [];
      for (const declared of topics) {
        if (await create(admin, declared)) {
          done.push(`made topic ${declared.topic} with ${counted(declared.partitions)}`);
          continue;
        }
        const raised = await raisePartitions(admin, declared);
        if (raised) done.push(raised);
        done.push(...(await setConfig(admin, declared)));
      }
      return done;
    },
    60_000,
  );
}

/** @returns whether it was missing. */
async function create(admin: Admin, { topic, partitions, replication, config }: TopicDeclaration): Promise<boolean> {
  if (await partitionsOf(admin, topic)) return false;
  const made = await admin.createTopics({
    // kafkajs gives up where a broker does not know the new topic yet; we look ourselves, until it does.
    waitForLeaders: false,
    topics: [
      {
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      },
    ],
  });
  // Somebody else may just have made it: then it is looked at as one that was there.
  await eventually(topic, async () => (await partitionsOf(admin, topic)) !== null);
  return made;
}

async function raisePartitions(admin: Admin, { topic, partitions }: TopicDeclaration): Promise<string | null> {
  const before = await partitionsOf(admin, topic);
  if (before === null || before >= partitions) return null;
  const raised = async () => ((await partitionsOf(admin, topic)) ?? 0) >= partitions;
  try {
    await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
  } catch (error) {
    // Another process raised them since we looked. The controller says so before the brokers have heard of it.
    if (error instanceof Error && 'type' in error && error.type === 'INVALID_PARTITIONS')
      await eventually(topic, raised);
    else if (!(await raised())) throw error;
    return null;
  }
  await eventually(topic, raised);
  return `raised topic ${topic} from ${before} to ${counted(partitions)}`;
}

/** Kafka's request replaces all that is set on a topic, so that what an operator set beside it is sent along. */
async function setConfig(admin: Admin, { topic, config }: TopicDeclaration): Promise<readonly string[]> {
  const { resources } = await admin.describeConfigs({
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
    includeSynonyms: false,
  });
  const entries = resources[0]?.configEntries ?? [];
  const there = new Map(entries.map(({ configName, configValue }) => [configName, configValue]));
  const differing = Object.entries(config).filter(([name, value]) => there.get(name) !== value);
  if (differing.length === 0) return [];
  const set = entries.filter(({ configSource }) => Number(configSource) === SET_ON_TOPIC);
  const wanted = { ...Object.fromEntries(set.map((entry) => [entry.configName, entry.configValue])), ...config };
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: Object.entries(wanted).map(([name, value]) => ({ name, value })),
      },
    ],
  });
  return differing.map(([name, value]) => `set ${name} of topic ${topic} to ${value}; it was ${there.get(name)}`);
}

/** How many partitions a topic has; null where there is no such topic. */
async function partitionsOf(admin: Admin, topic: string): Promise<number | null> {
  if (!(await admin.listTopics()).includes(topic)) return null;
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? null;
  } catch (error) {
    const failure = kafkaFailure(error);
    // Listed by one broker, not known to another yet.
    if (failure instanceof WeirError && failure.retryable) return null;
    throw error;
  }
}

async function eventually(topic: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + SPREADING_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw unreachable(new Error(`topic ${topic} has not come to all brokers`));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function counted(partitions: number): string {
  return partitions === 1 ? '1 partition' : `${partitions} partitions`;
}
