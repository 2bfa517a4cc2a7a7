import { eventually } from '@weir/testing';
import { record, records, sinkUnderTest, type SinkUnderTest } from './sink-under-test.js';

let sink: SinkUnderTest;
beforeAll(async () => {
  sink = await sinkUnderTest();
}, 120_000);
afterAll(() => sink?.close());
beforeEach(() => sink.clickHouse.command({ query: `TRUNCATE TABLE ${sink.table}` }));

/** Letters that come after this call. */
async function newLetters() {
  const before = (await sink.letters()).length;
  return async () => (await sink.letters()).slice(before);
}

const arrived = (count: number, seconds = 60) =>
  eventually(`${count} rows`, seconds, async () => (await sink.rows()).different === count);

it('brings every record of a topic into the table, each field as it was published', async () => {
  await sink.publish([
    ...records(5_000),
    record({ region: 'XA-99', date: '2024-02-29', new_cases: 85 / 7, revision: 2 ** 52 }),
  ]);
  await arrived(5_001);
  const answer = await sink.clickHouse.query({
    query: `SELECT * EXCEPT run_id FROM ${sink.table} WHERE region = 'XA-99'`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  expect(await answer.json()).toEqual([
    {
      dataset: 'spec',
      region: 'XA-99',
      region_name: 'A region',
      date: '2024-02-29',
      new_cases: 85 / 7,
      new_deaths: null,
      new_recovered: null,
      new_hospitalized: 3,
      basis: 'spread',
      filled: ['new_deaths'],
      source: 'spec.csv',
      revision: 2 ** 52,
      withdrawn: false,
    },
  ]);
}, 120_000);

it.each([
  ['a basis that the table does not know', record({ region: 'XA-00', basis: 'guessed' }), /basis|guessed|enum/i],
  ['a date that is none', record({ region: 'XA-00', date: 'x' }), /date|parse/i],
  ['a figure that is a text', record({ region: 'XA-00', new_cases: 'many' }), /new_cases|parse/i],
  ['a field that the table lacks', record({ region: 'XA-00', new_vaccinated: 1 }), /new_vaccinated/],
  ['broken JSON', { key: 'XA-00', value: '{"dataset":"spec"' }, /JSON|deserializ|convert/i],
])(
  'keeps %s to itself: the rest of its batch arrives',
  async (_what, poison, reason) => {
    const letters = await newLetters();
    await sink.publish([...records(100), poison, ...records(200).slice(100)]);
    await arrived(200);
    await eventually('one dead letter', 60, async () => (await letters()).length >= 1);
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject(poison);
    const said = [...(letter?.headers ?? [])]
      .flatMap(([name, values]) => (/exception/.test(name) ? values : []))
      .join('\n');
    expect(said).toMatch(reason);
    // Refused with its batch, and then alone: where it was first comes first.
    expect(letter?.headers.get('__connect.errors.connector.name')).toEqual([
      sink.connectors.sink,
      sink.connectors.retry,
    ]);
  },
  120_000,
);

it('takes a batch of 5,000 with one poisoned record apart', async () => {
  const letters = await newLetters();
  const good = records(5_000, 7);
  await sink.publish([
    ...good.slice(0, 2_500),
    record({ region: 'XA-07', basis: '?', revision: 7 }),
    ...good.slice(2_500),
  ]);
  // One partition's half is refused as a whole, and each of it is then an insert of its own, one after the other.
  await arrived(5_000, 300);
  await eventually('one dead letter', 60, async () => (await letters()).length >= 1);
  expect(await letters()).toHaveLength(1);
}, 420_000);

it('makes dead letters of everything while the table is away; republished after the repair, all of it arrives', async () => {
  const letters = await newLetters();
  const good = records(300, 9);
  await sink.clickHouse.command({ query: `RENAME TABLE ${sink.table} TO ${sink.table}_away` });
  try {
    await sink.publish(good);
    await eventually('a letter of each', 60, async () => (await letters()).length === good.length);
  } finally {
    await sink.clickHouse.command({ query: `RENAME TABLE ${sink.table}_away TO ${sink.table}` });
  }
  expect(await sink.rows()).toEqual({ different: 0, all: 0 });
  expect((await letters())[0]?.headers.get('__connect.errors.exception.stacktrace')?.at(-1)).toMatch(
    /does not exist|UNKNOWN_TABLE/,
  );
  await sink.publish((await letters()).map(({ key, value }) => ({ key, value })));
  await arrived(good.length);
  expect(await letters()).toHaveLength(good.length);
}, 180_000);

it('changes nothing by the same records again', async () => {
  await sink.publish(records(400, 11));
  await arrived(400);
  await sink.clickHouse.command({ query: `SYSTEM STOP MERGES ${sink.table}` });
  await sink.publish(records(400, 11));
  await eventually('all 800', 60, async () => (await sink.rows()).all === 800 || (await sink.rows()).different !== 400);
  await sink.clickHouse.command({ query: `SYSTEM START MERGES ${sink.table}` });
  await sink.clickHouse.command({ query: `OPTIMIZE TABLE ${sink.table} FINAL` });
  expect(await sink.rows()).toEqual({ different: 400, all: 400 });
}, 120_000);
