import type { StoreStatus } from '@weir/migrations';
import { WeirError } from '@weir/pipeline';
import type { LogEntry } from '@weir/telemetry';
import { Readiness } from './readiness.js';

let log: LogEntry[];
beforeEach(() => {
  log = [];
});

const status = (state: 'applied' | 'pending' | 'missing'): StoreStatus[] => [
  { store: 'postgres', migrations: [{ name: '0001_accounts', state, applied_at: null }] },
];
const away = (dependency: string) =>
  new WeirError('dependency_unavailable', 'away', { retryable: true, details: { dependency } });

/** Answers in turn with these. */
function readiness(...answers: (StoreStatus[] | Error)[]): Readiness {
  const migrations = {
    async status() {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer ?? [];
    },
  };
  return new Readiness(migrations, (entry) => log.push(entry), 1);
}

const running = new AbortController().signal;
const said = () => log.map(({ event, message }) => `${event}: ${message}`);

it('is not ready before anybody has looked', () => {
  expect(readiness(status('applied')).now()).toEqual({ ready: false, waitingFor: 'PostgreSQL and ClickHouse' });
});

it('is ready when the databases answer and are migrated, also beyond what it knows', async () => {
  for (const state of ['applied', 'missing'] as const) {
    const of = readiness(status(state));
    await of.await(running);
    expect(of.now()).toEqual({ ready: true, waitingFor: null });
  }
});

it('waits for what is away and what is not migrated, and says each once', async () => {
  const of = readiness(
    ...[away('postgres'), away('postgres'), away('clickhouse'), status('pending'), status('applied')],
  );
  await of.await(running);
  expect(of.now().ready).toBe(true);
  expect(said()).toEqual([
    'api_waiting: API: waits for PostgreSQL',
    'api_waiting: API: waits for ClickHouse',
    'api_waiting: API: waits for migrations: weir migrate run applies postgres/0001_accounts',
    'api_ready: API: its databases are there, and migrated',
  ]);
});

it('names a failure that it does not know', async () => {
  await readiness(new WeirError('query_failed', 'no such database'), status('applied')).await(running);
  expect(said()[0]).toContain('query_failed: no such database');
});

it('ends when the process does, without being ready', async () => {
  const stopping = new AbortController();
  const of = readiness(away('postgres'));
  const waited = of.await(stopping.signal);
  stopping.abort();
  await waited;
  expect(of.now()).toEqual({ ready: false, waitingFor: expect.any(String) });
});
