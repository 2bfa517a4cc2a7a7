import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvSource } from './csv-source.js';

describe('the items of a csv source', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'items-'));
    await mkdir(join(folder, 'history'));
    for (const name of ['b.csv', 'history/10.csv', 'history/2.csv', 'history/c (1).csv', 'history/notes.txt']) {
      await writeFile(join(folder, name), 'a\n1\n');
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  const items = (paths: string | string[]) => csvSource.items(csvSource.options.parse({ paths }), folder);
  const names = async (paths: string | string[]) => (await items(paths)).map(({ name }) => name);

  it('takes a path as declared, under the pipeline folder', async () => {
    expect(await items('history/2.csv')).toEqual([{ name: 'history/2.csv', location: join(folder, 'history/2.csv') }]);
    const absolute = join(folder, 'b.csv');
    expect(await items(absolute)).toEqual([{ name: absolute, location: absolute }]);
  });

  it('expands a glob in order of name, relative to the folder', async () => {
    expect(await names('history/*.csv')).toEqual(['history/10.csv', 'history/2.csv', 'history/c (1).csv']);
    expect(await names('./history/?.csv')).toEqual(['history/2.csv']);
    expect(await names('**/*.csv')).toContain('b.csv');
  });

  it('expands an absolute glob to absolute names', async () => {
    expect(await names(join(folder, 'history/1*.csv'))).toEqual([join(folder, 'history/10.csv')]);
  });

  it('takes several in one text, by commas and new lines, and in a list', async () => {
    expect(await names('b.csv, history/2.csv\nhistory/10.csv,')).toEqual(['b.csv', 'history/2.csv', 'history/10.csv']);
    expect(await names(['history/10.csv', 'b.csv,history/2.csv'])).toEqual([
      'history/10.csv',
      'b.csv',
      'history/2.csv',
    ]);
    expect(await names('history/{2,10}.csv,b.csv')).toEqual(['history/10.csv', 'history/2.csv', 'b.csv']);
  });

  it('takes a file whose name looks like a pattern for that file', async () => {
    expect(await names('history/c (1).csv')).toEqual(['history/c (1).csv']);
  });

  it('reads a file that is named twice once', async () => {
    await symlink(join(folder, 'b.csv'), join(folder, 'link.csv'));
    expect(await names('b.csv, ./b.csv, *.csv, link.csv')).toEqual(['b.csv']);
  });

  it('takes URLs, and keeps logins and keys out of their names', async () => {
    const plain = 'https://example.org/a.csv?year=2023';
    expect(await items(plain)).toEqual([{ name: plain, location: plain }]);
    expect(await items('https://me:pass@example.org/a.csv?api_key=t0ps3cret&year=2023')).toEqual([
      {
        name: 'https://example.org/a.csv?year=2023',
        location: 'https://me:pass@example.org/a.csv?api_key=t0ps3cret&year=2023',
      },
    ]);
  });

  it.each([
    ['none.csv', 'source_not_found', 'none.csv'],
    ['b.csv,history/3.csv', 'source_not_found', 'history/3.csv'],
    ['history/*.tsv', 'source_not_found', 'history/*.tsv'],
    [' , ', 'source_not_found', 'names no file'],
    ['history', 'source_not_a_file', 'history is a folder'],
    ['s3://bucket/a.csv', 'source_unsupported', 's3'],
    ['https://me:pass@:bad/', 'source_unsupported', 'https://:bad/'],
  ])('refuses %j', async (paths, code, message) => {
    await expect(items(paths)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it.each([
    [{}, 'paths'],
    [{ paths: '' }, 'paths'],
    [{ paths: [] }, 'paths'],
    [{ paths: 'a', delimiter: ';;' }, 'delimiter'],
    [{ paths: 'a', delimiter: 'x' }, 'delimiter'],
    [{ paths: 'a', delimiter: '"' }, 'quote'],
    [{ paths: 'a', quote: 'a' }, 'quote'],
    [{ paths: 'a', encoding: 'klingon' }, 'encoding'],
    [{ paths: 'a', header: 0 }, 'header'],
    [{ paths: 'a', ragged: 'ignore' }, 'ragged'],
    [{ paths: 'a', colour: 'red' }, 'colour'],
  ])('refuses the options %j', (options, key) => {
    const { error } = csvSource.options.safeParse(options);
    expect(JSON.stringify(error?.issues)).toContain(`"${key}"`);
  });
});
