import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCursor } from '@weir/record';
import { rejectsPage, type Reject } from './rejects-file.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-rejects-'));
  path = join(folder, 'rejects.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const reject = (row: number, more: Partial<Reject> = {}): Reject => ({
  file: 'north.csv',
  row,
  code: 'invalid_figure',
  reason: `row ${row}: "n/ä" is no figure`,
  record: { region: 'Alder', new_cases: 'n/ä' },
  ...more,
});
const keep = (rejects: readonly Reject[]) =>
  writeFile(path, rejects.map((each) => `${JSON.stringify(each)}\n`).join(''));
const page = (limit: number, cursor?: string, run = 'r1') =>
  rejectsPage(run, path, { limit, ...(cursor !== undefined && { cursor }) });

async function allPages(limit: number) {
  const pages: Reject[][] = [];
  let cursor: string | undefined;
  do {
    const { data, next_cursor } = await page(limit, cursor);
    pages.push([...data]);
    cursor = next_cursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

it('gives every row once, page by page, as it stands in the file', async () => {
  const all = Array.from({ length: 1000 }, (_, row) => reject(row + 1));
  await keep(all);
  for (const limit of [1, 7, 500, 999, 1000, 1001]) {
    const pages = await allPages(limit);
    expect(pages.flat()).toEqual(all);
    expect(pages).toHaveLength(Math.ceil(1000 / limit));
  }
});

it('ends a page early where rows are long, and loses none', async () => {
  const all = [1, 2, 3, 4].map((row) => reject(row, { record: { text: 'ö'.repeat(1_500_000) } }));
  await keep(all);
  const pages = await allPages(100);
  expect(pages.flat()).toEqual(all);
  expect(pages.map(({ length }) => length)).toEqual([2, 2]);
});

it('is one empty page where nothing was rejected', async () => {
  await keep([]);
  expect(await page(10)).toEqual({ data: [], next_cursor: null });
});

it('reads a last line without its line feed', async () => {
  await writeFile(path, `${JSON.stringify(reject(1))}\n${JSON.stringify(reject(2))}`);
  expect((await page(10)).data.map(({ row }) => row)).toEqual([1, 2]);
});

it('shows no folder and no secret of what the source is called', async () => {
  await keep([
    reject(1, { file: '/srv/data/north.csv' }),
    reject(2, { file: 'https://a:b@example.org/x?token=t&w=1' }),
  ]);
  expect((await page(10)).data.map(({ file }) => file)).toEqual(['north.csv', 'https://example.org/x?w=1']);
});

describe('a cursor', () => {
  const invalid = { code: 'invalid_cursor', details: { errors: [{ field: 'cursor' }] } };

  it('of another run, or of a file that has changed, is refused', async () => {
    await keep([1, 2, 3].map((row) => reject(row)));
    const { next_cursor } = await page(1);
    await expect(page(1, next_cursor ?? '', 'r2')).rejects.toMatchObject(invalid);
    await keep([1, 2, 3, 4].map((row) => reject(row)));
    await expect(page(1, next_cursor ?? '')).rejects.toMatchObject(invalid);
  });

  it('into the middle of a row, or beyond the file, is refused', async () => {
    await keep([1, 2, 3].map((row) => reject(row)));
    const size = JSON.parse(Buffer.from((await page(1)).next_cursor ?? '', 'base64url').toString()) as { s: number };
    for (const o of [-1, 0, 1.5, 10, size.s, size.s + 1, '9', null]) {
      await expect(page(1, encodeCursor({ r: 'r1', s: size.s, o }))).rejects.toMatchObject(invalid);
    }
  });

  it.each(['', 'nonsense', 'e30', 'bnVsbA', '💧'])('that is none is refused: %s', async (cursor) => {
    await keep([reject(1)]);
    await expect(page(1, cursor)).rejects.toMatchObject(invalid);
  });
});

it('says so where the file was changed into something else', async () => {
  await writeFile(path, 'no JSON\n');
  await expect(page(10)).rejects.toMatchObject({ code: 'artefact_unreadable' });
});

it('says so where the file is gone', async () => {
  await expect(page(10)).rejects.toMatchObject({ code: 'artefact_missing' });
});
