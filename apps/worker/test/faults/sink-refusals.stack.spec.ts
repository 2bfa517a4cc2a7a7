import { eventually } from '@weir/testing';
import { expectWhole, lettersOf, replay } from '../figures-under-test.js';
import { GeneratedSource } from '../generated-source.js';
import { begin, runOf, succeeded, untilStep } from '../runs-under-test.js';
import {
  alerts,
  clickhouse,
  compose,
  containers,
  docker,
  health,
  keeperMetric,
  sinkIsWell,
  sinkReasons,
  restore,
  upWithFaults,
} from '../stack-under-test.js';

/**
 * What the sink does not retry, so that everything ends as a dead letter: seen within a minute, and repaired by the operator,
 * who mends the sink and says `weir dlq replay`.
 */
const PATIENCE = 600_000;
const SIZE = { regions: 2, days: 100 };
const NOT_REPLAYED = 'weir_dead_letters_not_replayed';
const KEPT_FREE = 'min_free_disk_bytes_to_perform_insert';

interface Breakage {
  readonly name: string;
  readonly breaks: () => Promise<unknown>;
  readonly mends: () => Promise<unknown>;
  /** Where it is seen: a reason in the keeper's /health, a series of its metrics with the value that tells, an alert. */
  readonly told: string;
  readonly metric: string;
  readonly tells: (value: number, before: number) => boolean;
  readonly alert: string;
  /** What the letters say. */
  readonly reason: RegExp;
}

const breakages: readonly Breakage[] = [
  {
    name: 'table missing',
    breaks: () => clickhouse('RENAME TABLE incidence_revisions TO incidence_revisions_away'),
    mends: () => clickhouse('RENAME TABLE incidence_revisions_away TO incidence_revisions'),
    told: 'table_missing',
    metric: 'weir_sink_up{check="table"}',
    tells: (value) => value === 0,
    alert: 'WeirSinkRefuses',
    reason: /UNKNOWN_TABLE|does not exist/,
  },
  {
    // The server is told to keep more space free than the disk has. It then refuses what it would refuse on a full disk, with
    // the same code (243, NOT_ENOUGH_SPACE), and the machine's other programs keep their space. What this does not show is the
    // keeper's check of the free space, which is as it was: the letters are what is seen.
    name: 'disk full',
    breaks: () => clickhouse(`ALTER TABLE incidence_revisions MODIFY SETTING ${KEPT_FREE} = 1000000000000000`),
    mends: () => clickhouse(`ALTER TABLE incidence_revisions RESET SETTING ${KEPT_FREE}`),
    told: 'dead_letters',
    metric: NOT_REPLAYED,
    tells: (value, before) => value > before,
    alert: 'WeirDeadLetters',
    reason: /NOT_ENOUGH_SPACE/,
  },
  {
    // The password was changed in ClickHouse, and nobody told the others.
    name: 'login refused',
    breaks: () =>
      compose(['up', '--detach', '--no-deps', 'clickhouse'], { more: { CLICKHOUSE_PASSWORD: 'another-password' } }),
    mends: () => compose(['up', '--detach', '--no-deps', 'clickhouse']),
    told: 'login_refused',
    metric: 'weir_sink_up{check="login"}',
    tells: (value) => value === 0,
    alert: 'WeirSinkRefuses',
    reason: /AUTHENTICATION_FAILED|Authentication failed/,
  },
];

const waiting = () => keeperMetric(NOT_REPLAYED);

beforeAll(() => upWithFaults(), PATIENCE);
afterEach(() => restore(), PATIENCE);

it.each(breakages)(
  '$name: in /health, a metric and an alert within 60 s; mended, a replay brings every row within 120 s',
  async ({ name, breaks, mends, told, metric, tells, alert, reason }) => {
    const source = await new GeneratedSource(`sink-${name.replace(' ', '-')}`, SIZE).write();
    const [connect] = await containers('connect');
    // Letters that other tests left, because nothing can make them right: each replay brings them back.
    const others = await eventually('the keeper counts letters', 30, waiting);
    let run: string;
    // The rows are in the topic, and the sink takes them up when it is broken.
    await docker('pause', connect?.id ?? '');
    try {
      run = await begin(source);
      await untilStep('commit_run', run);
      await breaks();
    } finally {
      await docker('unpause', connect?.id ?? '');
    }
    const broken = Date.now();
    try {
      const left = () => 60 - (Date.now() - broken) / 1000;
      await eventually('the keeper tells', left(), async () => (await sinkReasons()).includes(told), sinkReasons);
      await eventually('/health tells', left(), async () => (await health()).dependencies['sink']?.status === 'down');
      await eventually('the metric tells', left(), async () => tells((await keeperMetric(metric)) ?? NaN, others));
      await eventually('an alert tells', left(), async () => (await alerts()).includes(alert), alerts);
      const all = async () => (await waiting()) === others + source.rows;
      await eventually('every row is a dead letter', 120, all, waiting);
      expect((await runOf(run)).status).toBe('running');
    } finally {
      await mends();
    }
    await eventually('the sink is well again', 60, sinkIsWell, sinkReasons);
    const letters = await lettersOf(source.name);
    expect(letters).toHaveLength(source.rows);
    for (const letter of letters) expect(letter.reason).toMatch(reason);
    expect(await replay()).toMatchObject({ replayed: others + source.rows });
    await succeeded(run, source, 120);
    const verdict = await expectWhole(source, await lettersOf(source.name));
    expect(verdict).toMatchObject({ readable: source.rows, dead_letters: source.rows, both: source.rows });
    await eventually('no letter of it waits', 60, async () => (await waiting()) === others, waiting);
  },
  PATIENCE,
);
