import { eventually } from '../eventually.js';
import { expectWhole, lettersOf } from '../figures-under-test.js';
import { GeneratedSource } from '../generated-source.js';
import { begin, staysRunning, succeeded, untilStep } from '../runs-under-test.js';
import {
  alerts,
  clickhouse,
  compose,
  docker,
  containers,
  health,
  keeperMetric,
  up,
  weir,
} from '../stack-under-test.js';

/**
 * What the sink does not retry, so that everything ends as a dead letter: seen within a minute, and repaired by the operator,
 * who mends the sink and says `weir dlq replay`.
 */
const PATIENCE = 360_000;
const SIZE = { regions: 2, days: 100 };

interface Breakage {
  readonly name: string;
  readonly check: string;
  readonly breaks: () => Promise<unknown>;
  readonly mends: () => Promise<unknown>;
  readonly reason: RegExp;
}

const PASSWORD = 'not-the-one-that-others-know';

const breakages: readonly Breakage[] = [
  {
    name: 'table missing',
    check: 'table',
    breaks: () => clickhouse('RENAME TABLE incidence_revisions TO incidence_revisions_away'),
    mends: () => clickhouse('RENAME TABLE incidence_revisions_away TO incidence_revisions'),
    reason: /UNKNOWN_TABLE|does not exist/,
  },
  {
    // The server is told to keep more space free than the disk has. It then refuses what it would refuse on a full disk, with
    // the same code (243, NOT_ENOUGH_SPACE), and the machine's other programs keep their space.
    name: 'disk full',
    check: 'disk',
    breaks: () =>
      clickhouse(
        'ALTER TABLE incidence_revisions MODIFY SETTING min_free_disk_bytes_to_perform_insert = 1000000000000000',
      ),
    mends: () => clickhouse('ALTER TABLE incidence_revisions RESET SETTING min_free_disk_bytes_to_perform_insert'),
    reason: /NOT_ENOUGH_SPACE/,
  },
  {
    // The password was changed in ClickHouse, and nobody told the others.
    name: 'login refused',
    check: 'login',
    breaks: () => compose(['up', '--detach', '--no-deps', 'clickhouse'], { CLICKHOUSE_PASSWORD: PASSWORD }),
    mends: () => compose(['up', '--detach', '--no-deps', 'clickhouse']),
    reason: /AUTHENTICATION_FAILED|Authentication failed/,
  },
];

const waiting = () => keeperMetric('weir_dead_letters_not_replayed');

beforeAll(() => upWithFaults(), PATIENCE);
afterEach(() => up(), PATIENCE);

it.each(breakages)(
  '$name: in /health, a metric and an alert within 60 s; mended, a replay brings every row within 120 s',
  async ({ name, check, breaks, mends, reason }) => {
    const source = await new GeneratedSource(`sink-${name.replace(' ', '-')}`, SIZE).write();
    const [connect] = await containers('connect');
    // Letters that other tests left, because nothing can make them right: a replay brings them back.
    const others = (await waiting()) ?? NaN;
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
      await eventually(
        '/health tells',
        left(),
        async () => (await health()).dependencies['sink']?.status === 'down',
        health,
      );
      await eventually(
        'the metric tells',
        left(),
        async () => (await keeperMetric(`weir_sink_up{check="${check}"}`)) === 0,
      );
      await eventually('an alert tells', left(), async () => (await alerts()).includes('WeirSinkRefuses'), alerts);
      await eventually(
        'every row is a dead letter',
        120,
        async () => (await waiting()) === others + source.rows,
        waiting,
      );
      await staysRunning(run, 1);
    } finally {
      await mends();
    }
    await eventually(
      'the sink is well again',
      60,
      async () => (await health()).dependencies['sink']?.status === 'ok',
      health,
    );
    const letters = await lettersOf(source.name);
    expect(letters).toHaveLength(source.rows);
    for (const letter of letters) expect(letter.reason).toMatch(reason);
    expect(await weir('dlq', 'replay')).toMatchObject({ replayed: others + source.rows });
    await succeeded(run, source, 120);
    const verdict = await expectWhole(source, await lettersOf(source.name));
    expect(verdict).toMatchObject({ readable: source.rows, dead_letters: source.rows, both: source.rows });
    await eventually('no letter of it waits', 60, async () => (await waiting()) === others, waiting);
  },
  PATIENCE,
);
