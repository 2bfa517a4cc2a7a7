import { broken, places, read, soundDefinition } from './definition.fixture.js';

const withRegions = (csv: string | Uint8Array) => read(soundDefinition, { files: { 'regions.csv': csv } });

describe('a dictionary', () => {
  it('folds the spaces of texts, codes and names, and takes several texts to one code', async () => {
    const { plan } = await withRegions('code,name,page_name\r\n AAA ,"Alpha\u00a0 Land",Alpha\nBBB,"Be, ""ta""",\n');
    const { entries } = plan!.branches.backfill!.source.mapping.columns.region!.dictionary!;
    expect({ ...entries }).toEqual({
      'Alpha Land': { code: 'AAA', name: 'Alpha Land' },
      Alpha: { code: 'AAA', name: 'Alpha Land' },
      Alfa: { code: 'AAA', name: 'Alpha Land' },
      'Be, "ta"': { code: 'BBB', name: 'Be, "ta"' },
    });
  });

  it('names a code by itself where no column of names is declared', async () => {
    const { plan } = await read(broken('    name: name\n', ''));
    const { entries } = plan!.branches.backfill!.source.mapping.columns.region!.dictionary!;
    expect(entries.Alpha).toEqual({ code: 'AAA', name: 'AAA' });
  });

  it('tolerates a byte order mark', async () => {
    expect((await withRegions('\ufeffcode,name,page_name\nAAA,Alpha,\n')).problems).toEqual([]);
  });

  it('has no text that was not put there', async () => {
    const { plan } = await read(soundDefinition);
    const { entries } = plan!.branches.backfill!.source.mapping.columns.region!.dictionary!;
    expect(entries.constructor).toBeUndefined();
  });

  it.each<[mistake: string, csv: string | Uint8Array, messages: string[]]>([
    ['an empty file', '', ['1: the file is empty']],
    ['no rows', 'code,name,page_name\n', ['1: there is no row under the header']],
    [
      'a row too short and a quote left open',
      'code,name,page_name\nAAA,Alpha\nBBB,"Beta,x\n',
      ['2: the row has 2 cells, the header 3', '3: a quote is opened and never closed'],
    ],
    [
      'quotes in the wrong place, after a cell of two lines',
      'code,name,page_name\nAAA,"Al\npha",\nB"B,Beta,\nC,"x"y,\n',
      [
        '4: a quote stands inside a cell that does not begin with one; double it and quote the cell',
        '5: "y" stands after the closing quote',
      ],
    ],
    ['a column twice', 'code,name,page_name,name\nAAA,Alpha,,\n', ['1: the header names "name" twice']],
    ['another encoding', Buffer.from('code,name,page_name\nAAA,Alph\u00e4,\n', 'latin1'), ['2: the text is not UTF-8']],
    [
      'one text for two codes',
      'code,name,page_name\nAAA,Alpha,x\nBBB,Beta,x\n',
      ['3: the text "x" leads to BBB, on line 2 to AAA'],
    ],
    [
      'one code with two names',
      'code,name,page_name\nAAA,Alpha,\nAAA,Alfa land,\n',
      ['3: the code AAA has another name on line 2'],
    ],
    [
      'blanks',
      'code,name,page_name\n,Alpha,\nBBB,,x\nAAA,Alef,\n',
      ['2: the column "code" is blank', '3: the column "name" is blank'],
    ],
  ])('with %s is refused with the line of its file', async (_, csv, messages) => {
    const { problems } = await withRegions(csv);
    expect(problems.map(({ message }) => message)).toEqual(
      messages.map((message) => `dictionaries.regions.file: regions.csv:${message}`),
    );
    expect(problems.every(({ line, column }) => line === 7 && column === 11)).toBe(true);
  });

  it.each<[mistake: string, definition: string, places: string[]]>([
    ['a file that is not there', broken('regions.csv', 'region.csv'), ['7:11 dictionary_missing']],
    [
      'unknown columns',
      broken('code: code', 'code: cod').replace('[name, page_name]', '[name, page]'),
      ['8:11 unknown_column', '10:19 unknown_column'],
    ],
    ['an alias for an unknown code', broken('Alfa: AAA', 'Alfa: XYZ'), ['11:22 unknown_code']],
    ['an alias for a text that leads elsewhere', broken('Alfa: AAA', 'Beta: AAA'), ['11:16 dictionary_conflict']],
    ['missing and unknown keys', broken('    match:', '    macth:'), ['7:5 missing_key', '10:5 unknown_key']],
  ])('reports %s at the key', async (_, definition, expected) => {
    expect(places(await read(definition))).toEqual(expected);
  });

  it('is checked even where no branch uses it', async () => {
    const text = broken('branches:', '  other: { file: other.csv, code: c, match: [c] }\nbranches:');
    expect(places(await read(text))).toEqual(['12:18 dictionary_missing']);
  });
});
