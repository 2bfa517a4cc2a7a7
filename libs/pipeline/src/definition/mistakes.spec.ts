import { broken, places, read, soundDefinition } from './definition.fixture.js';

const branches = soundDefinition.slice(soundDefinition.indexOf('branches:'), soundDefinition.indexOf('\ntransforms:'));

describe('where a mistake is', () => {
  it.each<[mistake: string, definition: string, places: string[]]>([
    ['an empty file', '', ['1:1 empty_file']],
    ['a file of comments', '# nothing\n', ['1:1 empty_file']],
    ['a file that is one text', 'hello', ['1:1 wrong_type']],
    ['two documents', `${soundDefinition}---\na: 1\n`, ['44:1 yaml_syntax']],
    ['a key twice', broken('max_rejected', 'name: demo\nmax_rejected'), ['43:1 duplicate_key']],
    ['a reserved sign', broken('sample/page.html', '@page'), ['28:12 yaml_syntax']],
    ['a tag', broken('sample/page.html', '!secret page'), ['28:12 yaml_syntax']],
    ['an unknown anchor', broken('sample/page.html', '*page'), ['28:12 unknown_anchor']],
    [
      'an alias inside its anchor',
      broken('selector: table', 'selector: &s [*s]'),
      ['30:22 wrong_type', '30:23 endless_alias'],
    ],
    ['nesting without end', `name: ${'['.repeat(50_000)}`, ['1:70 too_deep']],
    ['__proto__', broken('  regions:\n', '  __proto__: {}\n  regions:\n'), ['6:3 unknown_key']],
    ['an unknown key', broken('description:', 'descripton:'), ['2:1 unknown_key']],
    ['a name with capitals', broken('name: demo', 'name: Demo'), ['1:7 wrong_value']],
    ['a name unlike the folder', broken('name: demo', 'name: other'), ['1:7 name_not_folder']],
    ['a name without a value', broken('name: demo', 'name:'), ['1:1 wrong_type']],
    ['no name', broken('name: demo\n', ''), ['1:1 missing_key']],
    ['a dataset with a space', broken('schedule:', 'dataset: a b\nschedule:'), ['3:10 wrong_value']],
    ['a bad cron', broken("'*/5 * * * *'", "'* * * 13 *'"), ['4:9 bad_cron']],
    ['another overlap', broken("* *'", "* *'\n  overlap: queue"), ['5:12 wrong_value']],
    ['a catch-up without a unit', broken("* *'", "* *'\n  catch_up: 10"), ['5:13 wrong_type']],
    ['a catch-up of a second', broken("* *'", "* *'\n  catch_up: 1s"), ['5:13 wrong_value']],
    ['an unknown key of the schedule', broken("* *'", "* *'\n  catchup: 1m"), ['5:3 unknown_key']],
    ['no branches', broken(branches, ''), ['1:1 missing_key']],
    ['an empty mapping of branches', broken(branches, 'branches: {}'), ['12:11 missing_branch']],
    ['an unknown branch', broken('  update:', '  updat:'), ['25:3 unknown_key']],
    [
      'a branch without a source',
      broken('    source:\n      type: html', '    sauce:\n      type: html'),
      ['26:5 missing_key', '26:5 unknown_key'],
    ],
    ['an unknown kind of source', broken('type: html', 'type: htlm'), ['27:13 unknown_source']],
    ['a source without a type', broken('      type: html\n', ''), ['27:7 missing_key']],
    ["a missing key of the source's kind", broken('      url: sample/page.html\n', ''), ['27:7 missing_key']],
    ["an unknown key of the source's kind", broken('      url:', '      uri: x\n      url:'), ['28:7 unknown_key']],
    [
      'an unknown key deep in its options',
      broken('selector: table', 'selector: table\n        color: red'),
      ['31:9 unknown_key'],
    ],
    ['a wrong entry of a list', broken('${HISTORY:-sample/*.csv}', '[a, 7]'), ['16:18 wrong_type']],
    ['a number for a text', broken('sample/page.html', '7'), ['28:12 wrong_type']],
    [
      'an unset variable inside a text',
      broken('sample/page.html', 'http://${HOST_NAME}/${PAGE:-x}'),
      ['28:19 unset_variable'],
    ],
    ['an unset variable in quotes', broken('sample/page.html', '"a\\t${HOST_NAME}"'), ['28:16 unset_variable']],
    ['a variable that is not closed', broken('sample/page.html', 'a/${PAGE'), ['28:14 bad_variable']],
    ['a reference inside a default', broken('sample/page.html', '${A:-${B}}'), ['28:12 bad_variable']],
    ['a field the sink lacks', broken('new_deaths: deaths', 'deaths: deaths'), ['21:9 unknown_field']],
    ['no column for the day', broken('        date: period_end\n', ''), ['32:9 missing_field']],
    [
      'no columns',
      broken(branches.slice(branches.lastIndexOf('      columns:'), branches.indexOf('      fetch:')), ''),
      ['27:7 missing_key'],
    ],
    ['from and value', broken('date: period_end', 'date: { from: a, value: b }'), ['33:15 wrong_column']],
    ['neither from nor value', broken('date: period_end', 'date: {}'), ['33:15 wrong_column']],
    ['an unknown key of a column', broken('date: period_end', 'date: { form: a }'), ['33:17 unknown_key']],
    ['a list for a column', broken('date: period_end', 'date: [a]'), ['33:15 wrong_type']],
    ['an unknown dictionary', broken('dictionary: regions }', 'dictionary: region }'), ['18:45 unknown_dictionary']],
    [
      'a dictionary for figures',
      broken('new_cases: cases', 'new_cases: { from: cases, dictionary: regions }'),
      ['20:35 misplaced_key'],
    ],
    [
      'a date format for figures',
      broken('new_cases: cases', "new_cases: { from: cases, format: '%d' }"),
      ['20:35 misplaced_key'],
    ],
    [
      'an unknown metric of the total',
      broken('metrics: [new_cases]', 'metrics: [new_cases, cases]'),
      ['24:75 unknown_metric'],
    ],
    [
      'a metric without a column',
      broken('metrics: [new_cases]', 'metrics: [new_recovered]'),
      ['24:64 unmapped_metric'],
    ],
    [
      'an unknown metric that runs up',
      broken('      ignore:', '      cumulative: [case]\n      ignore:'),
      ['22:20 unknown_metric'],
    ],
    [
      'another start of what runs up',
      broken('      ignore:', '      cumulative: { metrics: [new_cases], first: zero }\n      ignore:'),
      ['22:50 wrong_value'],
    ],
    ['ignored rows without values', broken('values: [Whole country]', 'values: []'), ['23:37 wrong_value']],
    [
      'another decimal sign',
      broken('      ignore:', "      figures: { decimal: ';' }\n      ignore:"),
      ['22:27 wrong_value'],
    ],
    ['another word for unknown', broken('      ignore:', '      unknown: skip\n      ignore:'), ['22:16 wrong_value']],
    [
      'amounts without units',
      broken('10s, max_size: 50MB', '10, max_size: 50'),
      ['35:25 wrong_type', '35:39 wrong_type'],
    ],
    ['a duration of nothing', broken('10s', '0s'), ['35:25 wrong_value']],
    ['retries that are no number', broken('retries: 1', 'retries: x'), ['35:55 wrong_type']],
    ['a transform that is a text', broken('- type: forward_fill', '- forward_fill'), ['40:5 wrong_type']],
    ['an unknown transform', broken('type: forward_fill', 'type: fill'), ['40:11 unknown_transform']],
    ['a mistyped type', broken('type: forward_fill', 'tpye: forward_fill'), ['40:5 missing_key', '40:5 unknown_key']],
    ['an unknown key of a transform', broken('cut: 2023-05-15', 'cut: all\n    cutt: all'), ['40:5 unknown_key']],
    ['a bad option of a transform', broken('cut: 2023-05-15', 'cut: 15.05.2023'), ['39:10 wrong_value']],
    ["a branch's transform", broken('transforms: []', 'transforms: [{ type: fill }]'), ['36:26 unknown_transform']],
    ['an unknown sink', broken('type: incidence', 'type: incidents'), ['42:9 unknown_sink']],
    ['no sink', broken('sink:\n  type: incidence\n', ''), ['1:1 missing_key']],
    ['a negative number of rejects', broken('0.5%', '-1'), ['43:15 wrong_value']],
    ['a share of rejects above 100%', broken('0.5%', '101%'), ['43:15 wrong_value']],
  ])('%s', async (_, definition, expected) => {
    const reading = await read(definition);
    expect(places(reading)).toEqual(expected);
    expect(reading.plan).toBeNull();
  });

  it('reports every syntax error', async () => {
    const reading = await read(broken('sample/page.html', '[a b: ]').replace('      url:', '\t\turl:'));
    expect(reading.problems.length).toBeGreaterThan(1);
    expect(reading.problems[0]).toMatchObject({ line: 28, column: 1, code: 'yaml_syntax', hint: 'indent with spaces' });
  });

  it('stops an alias bomb', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const entries = Array.from({ length: 10 }, () => (level === 0 ? 'x' : `*l${level - 1}`)).join(', ');
      return `l${level}: &l${level} [${entries}]`;
    });
    const { problems } = await read(levels.join('\n'));
    expect(problems.filter(({ code }) => code === 'too_large').length).toBeGreaterThan(0);
  });
});

describe('what is said of a mistake', () => {
  const first = async (definition: string) => (await read(definition)).problems[0]!;

  it('names the key by its path, what was expected, and a near word', async () => {
    expect(await first(broken('path', 'pathes'))).toMatchObject({ message: 'branches.backfill.source.paths: missing' });
    expect(await first(broken('new_cases: Detected', 'new_cses: Detected'))).toMatchObject({
      message: 'branches.update.source.columns.new_cses: the sink has no such field',
      expected: 'one of region, region_name, date, new_cases, new_deaths, new_recovered, new_hospitalized',
      hint: 'did you mean new_cases?',
    });
    expect(await first(broken('type: html', 'type: csw'))).toMatchObject({
      message: 'branches.update.source.type: no source has this type',
      expected: 'one of csv, html',
      hint: 'did you mean csv?',
    });
  });

  it('offers the shared keys of a source and those of its kind', async () => {
    const { expected, hint } = await first(broken('      fetch:', '      fetsh:'));
    expect(expected).toBe(
      'one of type, columns, ignore, cumulative, total, figures, unknown, fetch, url, table, period',
    );
    expect(hint).toBe('did you mean fetch?');
  });

  it('guesses nothing that is not near', async () => {
    expect((await first(broken('description:', 'comment:'))).hint).toBeNull();
  });

  it('shows how an amount is written', async () => {
    expect(await first(broken('10s', '10'))).toMatchObject({
      message: 'branches.update.source.fetch.timeout: is a number',
      hint: 'for example 30s or 500ms',
    });
  });

  it('says how to give a variable a value', async () => {
    expect(await first(broken('sample/page.html', '${PAGE_URL}'))).toMatchObject({
      message: 'branches.update.source.url: the environment variable PAGE_URL is not set',
      hint: 'set PAGE_URL, or give a default: ${PAGE_URL:-…}',
    });
  });

  it.each([
    ['sample/page.html', '"page', 'the quote opens on line 28'],
    ['selector: table', 'selector: [${TABLE}]', 'inside [ ] or { }, a text with ${ must be in quotes'],
    ['sample/page.html', '`page`', 'put the text in quotes'],
  ])('helps with the syntax where %s became %s', async (text, replacement, hint) => {
    expect(await first(broken(text, replacement))).toMatchObject({ code: 'yaml_syntax', hint });
  });

  it('never repeats what a variable holds', async () => {
    const { problems } = await read(broken('cut: 2023-05-15', 'cut: ${CUT}'), { variables: { CUT: 'secret-text' } });
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('secret-text');
  });
});
