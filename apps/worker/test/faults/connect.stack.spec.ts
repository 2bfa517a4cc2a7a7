import { eventually } from '@weir/testing';
import { arrived, expectOracle, expectWhole, lettersOf, replay } from '../figures-under-test.js';
import { GeneratedSource, regionCode } from '../generated-source.js';
import { onPage } from '../page-under-test.js';
import { begin, ended, fullSpeed, middleOfBackfill, staysRunning, succeeded } from '../runs-under-test.js';
import { clickhouse, compose, restore, upWithFaults, weir } from '../stack-under-test.js';
import { commit, publish, recordOf } from '../topic-under-test.js';

const PATIENCE = 600_000;

beforeAll(() => upWithFaults(), PATIENCE);
afterEach(() => restore(), PATIENCE);

it(
  'killed in the middle of a put: what it had not confirmed is put again, and within 150 s all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('connect-killed');
    await compose(['kill', 'connect']);
    await fullSpeed();
    await staysRunning(run, 3);
    await compose(['start', 'connect']);
    await succeeded(run, source, 150);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);

it(
  'one row of a run that the sink refuses: within 90 s it alone is a dead letter with its reason, mended and replayed it is readable within 60 s more',
  async () => {
    const source = await new GeneratedSource('connect-poison-run', { regions: 2, days: 150 }).write();
    const [poison] = [...source.produced()].slice(70);
    const row = { region: poison?.region, date: poison?.date };
    const constraint = `CONSTRAINT poison CHECK dataset != '${source.name}' OR region != '${row.region}' OR date != '${row.date}'`;
    await clickhouse(`ALTER TABLE incidence_revisions ADD ${constraint}`);
    const run = await (async () => {
      try {
        return await ended(await begin(source), 90);
      } finally {
        await clickhouse('ALTER TABLE incidence_revisions DROP CONSTRAINT poison');
      }
    })();
    // A few rows are refused by themselves: the run goes without them, and says so.
    expect(run).toMatchObject({ status: 'succeeded', warnings: [{ code: 'dead_letters', count: 1 }] });
    const letters = await lettersOf(source.name);
    expect(letters).toEqual([expect.objectContaining({ row: expect.objectContaining(row), replayed_at: null })]);
    expect(await expectOracle(source.name, source.produced(), letters)).toMatchObject({
      readable: source.rows - 1,
      dead_letters: 1,
      both: 0,
    });
    const id = letters[0]?.letter_id ?? '';
    expect(await weir(['dlq', 'show', id])).toMatchObject({ letter_id: id, reason: expect.stringMatching(/poison/i) });

    const place = `${row.region} ${row.date}`;
    await onPage('#/dead-letters', (page) =>
      page
        .getByRole('row')
        .filter({ hasText: id })
        .filter({ hasText: place })
        .filter({ hasText: /poison/i })
        .waitFor(),
    );

    expect(await replay(id)).toMatchObject({ replayed: 1, unreadable: 0 });
    await onPage('#/dead-letters?state=replayed', (page) => page.getByRole('row').filter({ hasText: id }).waitFor());
    await eventually('the row is readable', 60, async () => (await arrived(source.name)) === source.rows);
    expect(await expectWhole(source, letters)).toMatchObject({ readable: source.rows, both: 1 });
  },
  PATIENCE,
);

it.each<[string, object, RegExp]>([
  ['figure that is no number', { new_cases: 'many' }, /new_cases/],
  ['column that the table lacks', { new_tests: 12 }, /new_tests/],
])(
  'one record with a %s among forty good ones: within 60 s it alone is a dead letter that names the field, and the forty are readable',
  async (name, wrong, reason) => {
    const source = new GeneratedSource(`connect-${name.split(' ', 1)[0]}`, { regions: 1, days: 41 });
    const revision = 7;
    const rows = [...source.produced()];
    const poisoned = rows[20]?.date;
    const records = rows.map((row) => recordOf(row, revision, row.date === poisoned ? wrong : {}));
    await publish(
      regionCode(0),
      records.map((record) => JSON.stringify(record)),
    );
    const letters = await eventually('the forty are there, and the letter', 60, async () => {
      const found = (await arrived(source.name)) === 40 && (await lettersOf(source.name));
      return found && found.length > 0 && found;
    });
    await commit(source.name, revision, 40);
    expect(letters).toEqual([
      expect.objectContaining({
        reason: expect.stringMatching(reason),
        value: JSON.stringify(records[20]),
        row: expect.objectContaining({ region: regionCode(0), date: poisoned, revision }),
      }),
    ]);
    const verdict = await expectOracle(source.name, source.produced(), letters);
    expect(verdict).toMatchObject({ readable: 40, dead_letters: 1, both: 0 });
    // It is as wrong the second time, and nothing else comes of it.
    expect(await replay(letters[0]?.letter_id ?? '')).toMatchObject({ replayed: 1 });
    await eventually('it is refused again', 60, async () => (await lettersOf(source.name)).length === 2);
    await expectOracle(source.name, source.produced(), await lettersOf(source.name));
  },
  PATIENCE,
);

it(
  'a text that is no JSON: within 60 s it alone is a dead letter, of no row',
  async () => {
    const source = new GeneratedSource('connect-no-json', { regions: 1, days: 3 });
    const records = [...source.produced()].map((row) => JSON.stringify(recordOf(row, 7)));
    const broken = `{"dataset": "${source.name}", `;
    await publish(regionCode(0), [records[0] ?? '', broken, records[1] ?? '', records[2] ?? '']);
    const letter = await eventually('the rows are there, and the letter', 60, async () => {
      const letters = (await arrived(source.name)) === 3 && (await lettersOf(source.name));
      return letters && letters.find(({ value }) => value === broken);
    });
    expect(letter).toMatchObject({ row: null, reason: expect.stringMatching(/end-of-input/i) });
    await commit(source.name, 7, 3);
    await expectOracle(source.name, source.produced());
  },
  PATIENCE,
);
