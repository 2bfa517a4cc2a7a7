import { declaredTopics } from './topics.js';

const day = 24 * 60 * 60 * 1000;
const declared = (partitions: number, replication: number) =>
  new Map(declaredTopics({ partitions, replication }).map((one) => [one.topic, one]));

it('gives the figures as many partitions as are configured, the others one', () => {
  const topics = declared(6, 1);
  expect([...topics.values()].map(({ topic, partitions }) => [topic, partitions])).toEqual([
    ['incidence', 6],
    ['incidence.retry', 1],
    ['incidence.dlq', 1],
  ]);
});

it('never compacts, which would erase history', () => {
  for (const { config } of declared(6, 1).values()) expect(config['cleanup.policy']).toBe('delete');
});

it('keeps dead letters longer than a sink may be away', () => {
  const topics = declared(6, 1);
  expect(Number(topics.get('incidence')?.config['retention.ms'])).toBeGreaterThanOrEqual(7 * day);
  expect(Number(topics.get('incidence.dlq')?.config['retention.ms'])).toBeGreaterThanOrEqual(30 * day);
});

it.each([
  [1, '1'],
  [2, '1'],
  [3, '2'],
])('with %d replicas wants %s of them in sync', (replication, minimum) => {
  for (const topic of declared(6, replication).values()) {
    expect(topic).toMatchObject({ replication, config: { 'min.insync.replicas': minimum } });
  }
});
