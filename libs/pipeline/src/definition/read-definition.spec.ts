import { broken, places, read, soundDefinition } from './definition.fixture.js';

describe('a definition without a mistake', () => {
  it('becomes a plan with defaults applied and variables filled in', async () => {
    const { plan, problems } = await read(soundDefinition, { variables: { HISTORY: 'other/*.csv' } });
    expect(problems).toEqual([]);
    expect(plan).toMatchObject({
      name: 'demo',
      description: 'Figures per region.',
      dataset: 'demo',
      schedule: { cron: '*/5 * * * *', overlap: 'skip', catchUpSeconds: 600 },
      sink: { type: 'incidence' },
      maxRejected: { share: 0.005 },
    });
    expect(plan!.folder).toMatch(/demo$/);
    expect(plan!.branches.backfill!.source).toEqual({
      type: 'csv',
      options: { paths: 'other/*.csv', delimiter: ',' },
      mapping: {
        columns: {
          region: {
            from: 'region',
            value: null,
            format: null,
            dictionary: {
              name: 'regions',
              entries: {
                Alpha: { code: 'AAA', name: 'Alpha' },
                'Alpha land': { code: 'AAA', name: 'Alpha' },
                Alfa: { code: 'AAA', name: 'Alpha' },
                Beta: { code: 'BBB', name: 'Beta' },
              },
            },
          },
          date: { from: 'day', value: null, format: '%d.%m.%Y', dictionary: null },
          new_cases: { from: 'cases', value: null, format: null, dictionary: null },
          new_deaths: { from: 'deaths', value: null, format: null, dictionary: null },
        },
        ignore: [{ column: 'region', values: ['Whole country'] }],
        cumulative: null,
        total: { column: 'region', value: 'Whole country', metrics: ['new_cases'] },
        figures: { decimal: '.', blank: [] },
        unknown: 'fail',
      },
      fetch: { timeoutMs: 30_000, maxBytes: 256 * 1024 * 1024, retries: 3 },
    });
    expect(plan!.branches.update!.source.fetch).toEqual({ timeoutMs: 10_000, maxBytes: 50 * 1024 * 1024, retries: 1 });
  });

  it('gives a branch its own transforms, or those of the pipeline', async () => {
    const { plan } = await read(soundDefinition);
    expect(plan!.branches.update!.transforms).toEqual([]);
    expect(plan!.branches.backfill!.transforms).toEqual([
      { type: 'spread_weekly', options: { cut: '2023-05-15' } },
      { type: 'forward_fill', options: {} },
    ]);
  });

  it('reads the short forms of cumulative and of the metrics of a total', async () => {
    const text = broken(', metrics: [new_cases] }', ' }\n      cumulative: [new_deaths, new_cases]');
    const { mapping } = (await read(text)).plan!.branches.backfill!.source;
    expect(mapping.total!.metrics).toEqual(['new_cases', 'new_deaths']);
    expect(mapping.cumulative).toEqual({ metrics: ['new_cases', 'new_deaths'], first: 'null' });
  });

  it.each(['null', "'null'"])('reads first: %s of cumulative as no figure', async (first) => {
    const text = broken('      ignore:', `      cumulative: { metrics: [new_cases], first: ${first} }\n      ignore:`);
    expect((await read(text)).plan!.branches.backfill!.source.mapping.cumulative!.first).toBe('null');
  });

  it.each([
    ['7', { count: 7 }],
    ["'1%'", { share: 0.01 }],
    ['100%', { share: 1 }],
  ])('reads max_rejected: %s', async (written, expected) => {
    expect((await read(broken('0.5%', written))).plan!.maxRejected).toEqual(expected);
  });

  it.each(['yes', 'on', 'off', '2024-01-01', '1_000'])('keeps the plain text %s a text', async (text) => {
    expect((await read(broken('Figures per region.', text))).plan!.description).toBe(text);
  });

  it('keeps plain texts texts under a directive of YAML 1.1', async () => {
    const text = `%YAML 1.1\n---\n${broken('Figures per region.', 'yes')}`;
    expect((await read(text)).plan!.description).toBe('yes');
  });

  it('reads anchors, a byte order mark and CRLF', async () => {
    const text = broken('update:\n    source:', 'update:\n    source: &unused').replaceAll('\n', '\r\n');
    expect((await read(`\ufeff${text}`)).problems).toEqual([]);
  });
});

describe('a definition with mistakes', () => {
  it('reports all of them at once, in the order of the file', async () => {
    const text = `nam: demo
description: [no, text]
schedule:
  cron: '61 * * * *'
dictionaries:
  regions:
    file: gone.csv
    code: code
    match: [name]
branches:
  backfill:
    source:
      type: cvs
      columns:
        region: { from: region, dictionary: regoins }
        date: day
        new_case: cases
  update:
    source:
      type: html
      url: \${PAGE}
      table:
        selektor: table
      columns:
        region: Region
      fetch:
        timeout: 30
transforms:
  - type: spread_weekly
    cut: 2023-5-15
sink:
  type: incidence
  type: incidence
max_rejected: 101%
`;
    expect(places(await read(text))).toEqual([
      '1:1 missing_key',
      '1:1 unknown_key',
      '2:14 wrong_type',
      '4:9 bad_cron',
      '7:11 dictionary_missing',
      '13:13 unknown_source',
      '15:45 unknown_dictionary',
      '17:9 unknown_field',
      '21:12 unset_variable',
      '23:9 missing_key',
      '23:9 unknown_key',
      '25:9 missing_field',
      '27:18 wrong_type',
      '30:10 wrong_value',
      '33:3 duplicate_key',
      '34:15 wrong_value',
    ]);
  });

  it('names the file as it was named by the caller', async () => {
    const { problems } = await read(broken('name: demo', 'name: 7'));
    expect(problems[0]!.file).toMatch(/demo\/pipeline\.yaml$/);
  });

  it('says that a file is not there, without throwing', async () => {
    const { readDefinition } = await import('./read-definition.js');
    const { registry } = await import('./definition.fixture.js');
    const reading = await readDefinition('nowhere/pipeline.yaml', registry, () => undefined);
    expect(reading.problems).toEqual([
      expect.objectContaining({ code: 'file_not_readable', line: 1, column: 1, message: 'there is no such file' }),
    ]);
  });

  it('says where a file stops being UTF-8', async () => {
    const bytes = Buffer.from(soundDefinition.replace('Figures', 'F\u00e9gures'), 'latin1');
    expect(places(await read(bytes))).toEqual(['2:15 not_utf8']);
  });

  it('reports the mistakes before a break of the structure with it, and nothing that follows from it', async () => {
    const text = broken('description: Figures', 'descripton: Figures').replace(
      'match: [name, page_name]',
      'match: [name',
    );
    const reading = await read(text);
    expect(reading.problems[0]).toMatchObject({ line: 2, column: 1, code: 'unknown_key' });
    expect(new Set(reading.problems.slice(1).map(({ code }) => code))).toEqual(new Set(['yaml_syntax']));
    expect(reading.problems[1]!.line).toBeGreaterThanOrEqual(10);
  });
});
