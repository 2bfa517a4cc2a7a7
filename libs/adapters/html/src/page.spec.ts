import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage } from './page.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-page-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The heading of a page made of these parts. */
async function heading(parts: (string | readonly number[])[], encoding?: string): Promise<string> {
  const path = join(folder, 'page.html');
  await writeFile(path, Buffer.concat(parts.map((part) => Buffer.from(part as string))));
  const { $ } = await openPage({ name: 'page.html', path }, encoding);
  return $('h1').text();
}

const PRIVET = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];

describe('encoding of a page', () => {
  it('is UTF-8 unless the page says otherwise', async () => {
    expect(await heading(['<h1>Привет</h1>'])).toBe('Привет');
  });

  it.each([
    '<meta charset="windows-1251">',
    '<meta charset=windows-1251>',
    `<meta http-equiv='Content-Type' content='text/html; charset=windows-1251' />`,
    '<!-- <meta charset="utf-8"> --><META name="x" content="y"><META CHARSET="cp1251">',
  ])('is what %s says', async (meta) => {
    expect(await heading([`<head>${meta}</head><h1>`, PRIVET, '</h1>'])).toBe('Привет');
  });

  it('is what the byte order mark says before what the page says', async () => {
    expect(await heading([[0xef, 0xbb, 0xbf], '<meta charset="windows-1251"><h1>Привет</h1>'])).toBe('Привет');
    expect(await heading([[0xff, 0xfe], [...Buffer.from('<h1>Привет</h1>', 'utf16le')]])).toBe('Привет');
  });

  it('is what the pipeline declares before all', async () => {
    expect(await heading(['<meta charset="utf-8"><h1>', PRIVET, '</h1>'], 'windows-1251')).toBe('Привет');
  });

  it('takes a page that calls itself UTF-16 in plain letters for UTF-8', async () => {
    expect(await heading(['<meta charset="utf-16"><h1>Привет</h1>'])).toBe('Привет');
  });

  it('reads the dashes of windows-1252', async () => {
    expect(await heading(['<meta charset="iso-8859-1"><h1>23', [0x96], '29</h1>'])).toBe('23–29');
  });

  it('is refused where the bytes are not in it', async () => {
    await expect(heading(['<h1>', PRIVET, '</h1>'])).rejects.toMatchObject({
      code: 'wrong_encoding',
      message: expect.stringMatching(/page\.html: the bytes are not utf-8 .*windows-1251/),
    });
  });
});

describe('an empty page', () => {
  it.each([
    ['', '0 bytes'],
    [' \n ', '3 bytes'],
    ['<!doctype html><!-- nothing -->', '31 bytes'],
    ['Service unavailable', 'only text: "Service unavailable"'],
    ['<html><body>Come back later</body></html>', 'only text: "Come back later"'],
  ])('of %j is refused', async (text, found) => {
    await expect(heading([text])).rejects.toMatchObject({
      code: 'page_empty',
      message: expect.stringContaining(found),
    });
  });
});
