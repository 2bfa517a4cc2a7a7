import { expectNothingLostOrDoubled, judge, type FoundRow, type RowId } from './oracle.js';

const row = (date: string, more: Partial<FoundRow> = {}): FoundRow => ({
  dataset: 'covid',
  region: 'ALP',
  date,
  ...more,
});
const days = ['2023-05-01', '2023-05-02', '2023-05-03', '2023-05-04', '2023-05-05', '2023-05-06', '2023-05-07'];
const all = days.map((date, at) => row(date, { figures: { new_cases: at, new_deaths: null } }));
const none = { count: 0, first: [] };

describe('the oracle', () => {
  it('is content where every row produced is readable once, whatever the order', async () => {
    expect(await expectNothingLostOrDoubled({ produced: all, readable: [...all].reverse() })).toEqual({
      produced: 7,
      readable: 7,
      dead_letters: 0,
      both: 0,
      missing: none,
      doubled: none,
      unexpected: none,
      wrong: none,
    });
  });

  it('is content with a row that is only a dead letter, and with one that was replayed and is both', async () => {
    const deadLetters = [row(days[0] ?? ''), row(days[1] ?? ''), row(days[1] ?? '')];
    const verdict = await expectNothingLostOrDoubled({ produced: all, readable: all.slice(1), deadLetters });
    expect(verdict).toMatchObject({ readable: 6, dead_letters: 2, both: 1 });
  });

  it('finds a row that was lost', async () => {
    const verdict = judge({ produced: all, readable: all.filter(({ date }) => date !== '2023-05-03') });
    expect(await verdict).toMatchObject({ missing: { count: 1, first: ['covid ALP 2023-05-03'] }, doubled: none });
  });

  it('finds a row that is readable twice', async () => {
    const verdict = judge({ produced: all, readable: [...all, row('2023-05-02')] });
    expect(await verdict).toMatchObject({
      doubled: { count: 1, first: ['covid ALP 2023-05-02'] },
      missing: none,
      unexpected: none,
      wrong: none,
    });
  });

  it.each<[string, RowId]>([
    ['day', row('2023-05-08')],
    ['region', { ...row('2023-05-01'), region: 'BET' }],
    ['dataset', { ...row('2023-05-01'), dataset: 'other' }],
  ])('finds a readable row of a %s that nobody produced', async (_, stranger) => {
    const { dataset, region, date } = stranger;
    expect(await judge({ produced: all, readable: [...all, stranger] })).toMatchObject({
      unexpected: { count: 1, first: [`readable: ${dataset} ${region} ${date}`] },
      missing: none,
    });
  });

  it('finds a dead letter of a row that nobody produced, and one that cannot be read', async () => {
    const deadLetters = [row('2023-05-09'), null];
    expect(await judge({ produced: all, readable: all, deadLetters })).toMatchObject({
      dead_letters: 0,
      unexpected: {
        count: 2,
        first: ['dead letter: covid ALP 2023-05-09', 'dead letter: of no row that can be read'],
      },
    });
  });

  it.each<[string, FoundRow['figures'], string]>([
    ['another figure', { new_cases: 1.0000000000000002, new_deaths: null }, '1.0000000000000002 new_deaths=null'],
    ['a zero for nothing', { new_cases: 1, new_deaths: 0 }, '1 new_deaths=0'],
    ['a figure less', { new_cases: 1 }, '1'],
  ])('finds a row that is readable with %s', async (_, figures, found) => {
    const readable = all.map((each): FoundRow =>
      each.date === '2023-05-02' ? { ...each, figures: figures ?? {} } : each,
    );
    const text = `covid ALP 2023-05-02: produced new_cases=1 new_deaths=null, readable new_cases=${found}`;
    expect(await judge({ produced: all, readable })).toMatchObject({ wrong: { count: 1, first: [text] } });
  });

  it('does not take a row without figures for one that has the right ones', async () => {
    expect(await judge({ produced: [all[0] ?? row('')], readable: [row('2023-05-01')] })).toMatchObject({
      wrong: { count: 1, first: [expect.stringContaining('readable without figures')] },
    });
  });

  it('tells revisions apart where rows are produced with one', async () => {
    const produced = [1, 2].map((revision) => row('2023-05-01', { revision }));
    const found = await judge({ produced, readable: [row('2023-05-01', { revision: 1 })] });
    expect(found).toMatchObject({ missing: { count: 1, first: ['covid ALP 2023-05-01 revision 2'] } });
    expect(await judge({ produced, readable: produced })).toMatchObject({ missing: none, doubled: none });
    expect(await judge({ produced: [row('2023-05-01')], readable: produced })).toMatchObject({
      doubled: { count: 1 },
    });
  });

  it('says all that is wrong at once: how many rows, and the first of them', async () => {
    const readable = [row('2024-01-01'), row('2023-05-07', { figures: { new_cases: 7 } }), row('2023-05-07')];
    await expect(expectNothingLostOrDoubled({ produced: all, readable })).rejects.toThrow(
      [
        'Of 7 rows produced 1 are readable and 0 dead letters (0 are both).',
        '6 missing:',
        ...days.slice(0, 5).map((date) => `  covid ALP ${date}`),
        '  … 1 more',
        '1 doubled:',
        '  covid ALP 2023-05-07',
        '1 unexpected:',
        '  readable: covid ALP 2024-01-01',
        '1 wrong:',
        '  covid ALP 2023-05-07: produced new_cases=6 new_deaths=null, readable new_cases=7',
      ].join('\n'),
    );
  });

  it.each<[string, FoundRow[]]>([
    ['produces a row twice', [row('2023-05-01'), row('2023-05-01')]],
    ['gives only some rows a revision', [row('2023-05-01'), row('2023-05-02', { revision: 1 })]],
  ])('refuses a test that %s', async (_, produced) => {
    await expect(judge({ produced, readable: [] })).rejects.toThrow(RangeError);
  });

  it('holds a million rows in little memory, and finds the one that is lost', async () => {
    const [regions, days, lost] = [20, 50_000, 31_337];
    function* rows(from: number): Generator<FoundRow> {
      for (let region = 0; region < regions; region += 1) {
        for (let day = from; day < days; day += 1)
          yield { dataset: 'covid', region: `R${region}`, date: `day-${day}`, figures: { new_cases: region + day } };
      }
    }
    function* found(): Generator<FoundRow> {
      for (const each of rows(0)) if (each.region !== 'R7' || each.date !== `day-${lost}`) yield each;
    }
    const before = process.memoryUsage().heapUsed;
    const verdict = await judge({ produced: rows(0), readable: found() });
    expect(verdict).toMatchObject({ readable: 999_999, missing: { count: 1, first: [`covid R7 day-${lost}`] } });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(500e6);
  }, 60_000);
});
