import { readMetrics, sampleOf } from '@weir/testing';
import { describeMetrics } from './reference.js';
import { KeeperMetrics } from './keeper-metrics.js';
import type { SinkState } from './sink-metrics.js';

const well: SinkState = {
  connectors: [
    { name: 'incidence-sink', up: true, running_tasks: 2 },
    { name: 'incidence-retry-sink', up: false, running_tasks: 0 },
  ],
  checks: { connect: true, login: true, table: false, disk: null },
  free_bytes: 4096,
  dead_letters: { written: 12, kept: 5, not_replayed: 3 },
  lag: [{ topic: 'incidence', records: 70 }],
};
const nothing: SinkState = {
  connectors: [],
  checks: { connect: false },
  free_bytes: null,
  dead_letters: null,
  lag: [],
};

const metrics = () => new KeeperMetrics({ version: '1.2.3', ofProcess: false });
const read = async (of: KeeperMetrics) => readMetrics((await of.page()).text);

it('tells of connectors, checks, letters and lags as they were at the last look', async () => {
  const all = metrics();
  all.sink.set(well, new Map([['incidence-sink', 4]]));
  const families = await read(all);
  const value = (name: string, labels: Record<string, string> = {}) => sampleOf(families, name, labels);
  expect(value('weir_build_info', { version: '1.2.3' })).toBe(1);
  expect(value('weir_connector_up', { connector: 'incidence-sink' })).toBe(1);
  expect(value('weir_connector_up', { connector: 'incidence-retry-sink' })).toBe(0);
  expect(value('weir_connector_running_tasks', { connector: 'incidence-sink' })).toBe(2);
  expect(value('weir_connector_restarts_total', { connector: 'incidence-sink' })).toBe(4);
  expect(value('weir_connector_restarts_total', { connector: 'incidence-retry-sink' })).toBe(0);
  expect(value('weir_sink_up', { check: 'table' })).toBe(0);
  expect(value('weir_sink_up', { check: 'login' })).toBe(1);
  expect(value('weir_sink_free_disk_bytes')).toBe(4096);
  expect(value('weir_dead_letters_total')).toBe(12);
  expect(value('weir_dead_letters')).toBe(5);
  expect(value('weir_dead_letters_not_replayed')).toBe(3);
  expect(value('weir_topic_lag_records', { topic: 'incidence' })).toBe(70);
});

it('has no series for what cannot be told, neither before the first look nor when it was told before', async () => {
  const all = metrics();
  const gauges = [
    'weir_sink_free_disk_bytes',
    'weir_dead_letters',
    'weir_dead_letters_not_replayed',
    'weir_topic_lag_records',
  ];
  const samples = async () => {
    const families = await read(all);
    return gauges.map((name) => families.get(name)?.samples.length);
  };
  expect(await samples()).toEqual([0, 0, 0, 0]);
  all.sink.set(well, new Map());
  expect(await samples()).toEqual([1, 1, 1, 1]);
  all.sink.set(nothing, new Map());
  expect(await samples()).toEqual([0, 0, 0, 0]);
  const families = await read(all);
  expect(families.get('weir_sink_up')?.samples).toEqual([
    { name: 'weir_sink_up', labels: { check: 'connect' }, value: 0 },
  ]);
  // What was counted stays counted.
  expect(sampleOf(families, 'weir_dead_letters_total')).toBe(12);
});

it('is in the reference, each metric once', async () => {
  const described = describeMetrics().weir.map(({ name }) => name);
  expect(new Set(described).size).toBe(described.length);
  for (const name of (await read(metrics())).keys()) expect(described).toContain(name);
});
