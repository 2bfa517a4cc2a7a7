import fc from 'fast-check';
import { publicName, publicText } from './public-text.js';

describe('a text that leaves the process', () => {
  it.each([
    [
      'There is no file /srv/data/x.csv. Relative paths are under it.',
      'There is no file …/x.csv. Relative paths are under it.',
    ],
    ['No file matches /srv/my data/2023/*.csv.', 'No file matches …/*.csv.'],
    ["cannot open '/srv/O'Brien/My Files/x.csv'", "cannot open '…/x.csv'"],
    ['/srv/a/x.csv:12: no figure; /srv/b/x.csv:15: no day', '…/x.csv:12: no figure; …/x.csv:15: no day'],
    ['reads ../../secret/x.csv and ~/x.csv', 'reads …/x.csv'],
    [String.raw`C:\Users\me\x.csv is a folder`, '…/x.csv is a folder'],
    ['see file:///srv/data/x.csv.', 'see …/x.csv.'],
  ])('keeps of a path its last name only: %s', (text, expected) => {
    expect(publicText(text)).toBe(expected);
  });

  it.each([
    ['http://me:hunter2@example.org/page answered 403.', 'http://example.org/page answered 403.'],
    ['(https://example.org/page?token=t0p&week=4)', '(https://example.org/page?…)'],
    ['postgres://weir:p@ss/w0rd@db:5432/weir is gone', 'postgres://…'],
    ["tried https://me:pa'ss;w<or>d@example.org/x, twice", 'tried https://example.org/x, twice'],
    ['https://example.org/x#token=t0p', 'https://example.org/x?…'],
    ['https://me:hunter2@[::1]:80/x]', 'https://[::1]:80/x]'],
    ['http://me:hunter2', 'http://…'],
  ])('keeps of a URL its scheme, host and path only: %s', (text, expected) => {
    expect(publicText(text)).toContain(expected);
    expect(publicText(text)).not.toMatch(/hunter2|t0p|p@ss|pa'ss/);
  });

  it.each([
    'covid/pipeline.yaml:3:5: unknown key; expected one of name, sink',
    '3 of 12 rows were rejected. The first: sample/history/north.csv:2: "12/05/2023" is no day and/or no date',
    'the table at ".u-table-cv table" has the headers "Detected / confirmed", "Died"',
    'found "<html><body>closed</body></html>" in place of a table',
    "run `npx weir status`, or raise the time-out in the pipeline's `fetch`",
  ])('leaves what is neither: %s', (text) => {
    expect(publicText(text)).toBe(text);
  });

  it('shows no folder and no password, wherever they stand', () => {
    const around = fc.string().map((text) => text.replace(/[a-z\d+.\-_…/\\]+$/iu, ''));
    fc.assert(
      fc.property(around, fc.string(), (before, after) => {
        const path = publicText(`${before} /srv/Zecret/Vault/x.csv ${after}`);
        const url = publicText(`${before} https://Zecret:Vault@example.org/x?Zecret=Vault ${after}`);
        expect(path + url).not.toMatch(/Zecret|Vault/);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no time to speak of for long texts that are nearly paths or URLs', () => {
    for (const text of ['/', ' /a', 'a', 'a:', 'http://', ' ..', "/a'a", 'x@', ' c:', '~/ ']) {
      expect(publicText(text.repeat(50_000)).length).toBeLessThanOrEqual(text.length * 50_000 + 50_000);
    }
    for (const end of ['.', ')', ']', ':']) {
      const url = `http://example.org/${end.repeat(100_000)}x`;
      expect(publicText(url)).toBe(url);
    }
  });
});

describe('the name of an item that leaves the process', () => {
  it.each([
    ['sample/history/north.csv', 'sample/history/north.csv'],
    ['https://example.org/page?week=43', 'https://example.org/page?week=43'],
    ['https://me:hunter2@example.org/page?week=43&api_key=k', 'https://example.org/page?week=43'],
    ['/srv/My Files/north.csv', 'north.csv'],
    ['../../north.csv', 'north.csv'],
    ['file:///srv/north.csv', 'north.csv'],
    [String.raw`C:\data\north.csv`, 'north.csv'],
    ['sample/../../data/north.csv', 'north.csv'],
    ['http://me:hunter2', 'http://…'],
  ])('is %s as %s', (name, expected) => {
    expect(publicName(name)).toBe(expected);
  });
});
