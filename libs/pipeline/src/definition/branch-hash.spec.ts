import { parse, stringify } from 'yaml';
import { broken, read, regionsCsv, soundDefinition } from './definition.fixture.js';

type Options = Parameters<typeof read>[1];

async function hashes(definition: string, options?: Options): Promise<string[]> {
  const { plan, problems } = await read(definition, options);
  expect(problems).toEqual([]);
  return [plan!.branches.backfill!.hash, plan!.branches.update!.hash];
}

/** The same data with the keys of every mapping in the opposite order, in another style. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
}

describe('the hash of a branch', () => {
  it('is a SHA-256, another for each branch', async () => {
    const [backfill, update] = await hashes(soundDefinition);
    expect(backfill).toMatch(/^[0-9a-f]{64}$/);
    expect(update).not.toBe(backfill);
  });

  it.each<[change: string, definition: string, options?: Options]>([
    ['comments', `# a comment\n${broken('name: demo', 'name: demo # the name')}`],
    ['the order of keys', stringify(reversed(parse(soundDefinition)))],
    ['quoting', broken('cut: 2023-05-15', 'cut: "2023-05-15"').replace('region: Region', "'region': 'Region'")],
    ['the folder', soundDefinition],
    ['where the history is', soundDefinition, { variables: { HISTORY: 'elsewhere/*.csv' } }],
    ['where the page is', broken('sample/page.html', 'https://example.org/page')],
    ['the description', broken('per region', 'per day')],
    ['the schedule', broken('*/5', '*/10')],
    ['how it is fetched', broken('10s', '20s')],
    ['how many rejects are allowed', broken('0.5%', '3')],
    ['a default written out', broken('      ignore:', "      unknown: fail\n      delimiter: ','\n      ignore:")],
    ['the order of the metrics of the total', broken('[new_cases]', '[new_cases, new_cases]')],
    [
      'what a dictionary is called',
      soundDefinition.replaceAll('regions:', 'areas:').replaceAll('dictionary: regions', 'dictionary: areas'),
    ],
    [
      "the order of a dictionary's rows",
      soundDefinition,
      { files: { 'regions.csv': 'name,page_name,code\nBeta,,BBB\nAlpha,Alpha land,AAA\n' } },
    ],
  ])('does not change with %s', async (...[, definition, options]) => {
    expect(await hashes(definition, options)).toEqual(await hashes(soundDefinition));
  });

  it.each<[change: string, definition: string, options?: Options]>([
    ['a parameter of a transform', broken('2023-05-15', '2023-05-16')],
    [
      'the order of the transforms',
      broken('  - type: forward_fill\n', '').replace('transforms:\n  -', 'transforms:\n  - type: forward_fill\n  -'),
    ],
    ['a column', broken('new_cases: cases', 'new_cases: detected')],
    ['an option of the source', broken('      ignore:', "      delimiter: ';'\n      ignore:")],
    ['the rows ignored', broken('values: [Whole country]', 'values: [Country]')],
    ['what runs up', broken('      ignore:', '      cumulative: [new_cases]\n      ignore:')],
    ['the dataset', broken('schedule:', 'dataset: other\nschedule:')],
    ['a code of a dictionary', soundDefinition, { files: { 'regions.csv': regionsCsv.replace('BBB', 'CCC') } }],
    ['a name of a dictionary', soundDefinition, { files: { 'regions.csv': `${regionsCsv}CCC,Gamma,\n` } }],
  ])('changes with %s', async (...[, definition, options]) => {
    const [backfill] = await hashes(definition, options);
    expect(backfill).not.toBe((await hashes(soundDefinition))[0]);
  });

  it('changes with the branch itself only', async () => {
    const [backfill, update] = await hashes(broken('new_cases: Detected', 'new_cases: Found'));
    const before = await hashes(soundDefinition);
    expect(backfill).toBe(before[0]);
    expect(update).not.toBe(before[1]);
  });
});
