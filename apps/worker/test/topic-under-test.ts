import type { FoundRow } from '@weir/testing';
import { clickhouse, compose } from './stack-under-test.js';

/** A record as it travels, of a row that a test made up; `more` overrides any field, or adds one. */
export function recordOf(row: FoundRow, revision: number, more: object = {}): object {
  const { dataset, region, date, figures } = row;
  return {
    dataset,
    region,
    region_name: region,
    date,
    new_cases: null,
    new_deaths: null,
    new_recovered: null,
    new_hospitalized: null,
    ...figures,
    basis: 'reported',
    filled: [],
    source: 'test',
    run_id: RUN_ID,
    revision,
    withdrawn: false,
    ...more,
  };
}

const RUN_ID = '00000000-0000-4000-8000-00000000f417';

/** Publishes texts straight into the topic, past everything that checks them; all with one key, so that they are one batch. */
export async function publish(key: string, values: readonly string[]): Promise<void> {
  const producer = [
    '/opt/kafka/bin/kafka-console-producer.sh',
    '--bootstrap-server',
    'kafka:9092',
    '--topic',
    'incidence',
  ];
  // Between key and value a tab, unless it is told otherwise.
  const options = ['--property', 'parse.key=true'];
  await compose(
    // A small one beside the broker, in a container with a limit.
    ['exec', '-T', '--env', 'KAFKA_HEAP_OPTS=-Xms32m -Xmx64m', '--env', 'JMX_PORT=', 'kafka', ...producer, ...options],
    { input: values.map((value) => `${key}\t${value}\n`).join('') },
  );
}

/** Makes a revision visible that no run has published. */
export async function commit(dataset: string, revision: number, rows: number): Promise<void> {
  const row = {
    dataset,
    revision,
    run_id: RUN_ID,
    pipeline: dataset,
    branch: 'backfill',
    plan_hash: '',
    sources_hash: '',
    rows,
  };
  await clickhouse(`INSERT INTO incidence_commits FORMAT JSONEachRow ${JSON.stringify(row)}`);
}
