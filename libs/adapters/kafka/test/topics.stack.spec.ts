import { randomUUID } from 'node:crypto';
import { ConfigResourceTypes } from 'kafkajs';
import { withAdmin } from '../src/client/admin.js';
import {
  connectKafka,
  declaredTopics,
  ensureTopics,
  pingKafka,
  type Kafka,
  type TopicDeclaration,
} from '../src/index.js';
import { brokerAddress } from './broker.js';

let kafka: Kafka;
beforeAll(() => {
  kafka = connectKafka({ brokers: [brokerAddress()], clientId: 'spec' });
});

/** The declared topics under names of their own. */
function declared(partitions = 4): readonly TopicDeclaration[] {
  const prefix = `spec-${randomUUID()}`;
  return declaredTopics({ partitions, replication: 1 }).map((one) => ({ ...one, topic: `${prefix}.${one.topic}` }));
}

const partitionsOf = (topics: readonly TopicDeclaration[]) =>
  withAdmin(kafka, async (admin) => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ topic }) => topic) });
    return topics.map(({ topic }) => found.find(({ name }) => name === topic)?.partitions.length);
  });

const configOf = (topic: string) =>
  withAdmin(kafka, async (admin) => {
    const { resources } = await admin.describeConfigs({
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
      includeSynonyms: false,
    });
    return Object.fromEntries(
      (resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]),
    );
  });

const setConfig = (topic: string, config: { readonly [name: string]: string }) =>
  withAdmin(kafka, (admin) =>
    admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: topic,
          configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
        },
      ],
    }),
  );

it('makes what is missing, as declared, and says so; a second time there is nothing to do', async () => {
  const topics = declared();
  const [figures, retry, letters] = topics.map(({ topic }) => topic);
  expect(await ensureTopics(kafka, topics)).toEqual([
    `made topic ${figures} with 4 partitions`,
    `made topic ${retry} with 1 partition`,
    `made topic ${letters} with 1 partition`,
  ]);
  expect(await partitionsOf(topics)).toEqual([4, 1, 1]);
  for (const { topic, config } of topics) expect(await configOf(topic)).toMatchObject(config);
  expect(await ensureTopics(kafka, topics)).toEqual([]);
});

it('is done once by three processes at once', async () => {
  const topics = declared();
  const done = await Promise.all(
    [1, 2, 3].map((n) => ensureTopics(connectKafka({ brokers: [brokerAddress()], clientId: `spec-${n}` }), topics)),
  );
  const made = done.flat();
  expect(made).toHaveLength(3);
  for (const { topic } of topics) expect(made).toContainEqual(expect.stringContaining(`made topic ${topic} `));
  expect(await partitionsOf(topics)).toEqual([4, 1, 1]);
});

it('raises partitions where there are fewer, by several processes at once too, and never lowers them', async () => {
  const topics = declared(2);
  await ensureTopics(kafka, topics);
  const more = topics.map((one, n) => (n === 0 ? { ...one, partitions: 5 } : one));
  const done = await Promise.all([1, 2, 3].map(() => ensureTopics(kafka, more)));
  expect(done.flat()).toContain(`raised topic ${topics[0]?.topic} from 2 to 5 partitions`);
  expect(await partitionsOf(topics)).toEqual([5, 1, 1]);
  expect(await ensureTopics(kafka, topics)).toEqual([]);
  expect(await partitionsOf(topics)).toEqual([5, 1, 1]);
});

it('sets what is set otherwise, and leaves what is not declared', async () => {
  const [figures] = declared(1);
  if (!figures) throw new Error('no topic is declared');
  await ensureTopics(kafka, [figures]);
  await setConfig(figures.topic, { ...figures.config, 'cleanup.policy': 'compact', 'segment.ms': '3600000' });
  expect(await ensureTopics(kafka, [figures])).toEqual([
    `set cleanup.policy of topic ${figures.topic} to delete; it was compact`,
  ]);
  expect(await configOf(figures.topic)).toMatchObject({ ...figures.config, 'segment.ms': '3600000' });
});

it('says which setting a broker refuses, and that trying again is no use', async () => {
  const [figures] = declared(1);
  if (!figures) throw new Error('no topic is declared');
  await expect(ensureTopics(kafka, [{ ...figures, config: { 'cleanup.policy': 'eternal' } }])).rejects.toMatchObject({
    code: 'kafka_refused',
    retryable: false,
  });
  await expect(ensureTopics(kafka, [{ ...figures, replication: 9 }])).rejects.toMatchObject({ code: 'kafka_refused' });
});

it('answers a ping with its brokers', async () => {
  expect(await pingKafka(kafka)).toEqual({ brokers: 1 });
});
