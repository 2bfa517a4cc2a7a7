import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawStoreContract } from '@weir/testing';
import { localRawStore } from './local-raw-store.js';

async function* body(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('a raw store in a local folder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'raw-root-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  rawStoreContract(() => Promise.resolve(localRawStore(root)));

  it('lays a run out as people would look for it', async () => {
    const store = localRawStore(root);
    const first = await store.land('covid', 'r1', { name: 'data/history.csv', body: body('a'), contentType: null });
    const second = await store.land('covid', 'r1', {
      name: 'https://example.org/weekly.csv?format=text',
      body: body('b'),
      contentType: null,
    });
    await store.writeManifest({ run_id: 'r1', pipeline: 'covid', branch: 'backfill', files: [first, second] });
    expect(await readFile(join(root, 'covid/r1/raw/001-history.csv'), 'utf8')).toBe('a');
    expect(await readFile(join(root, 'covid/r1/raw/002-weekly.csv'), 'utf8')).toBe('b');
    expect(JSON.parse(await readFile(join(root, 'covid/r1/manifest.json'), 'utf8'))).toMatchObject({
      files: [{ file: 'raw/001-history.csv' }, { file: 'raw/002-weekly.csv' }],
    });
  });

  it('gives an item its name again in another process', async () => {
    const land = () => localRawStore(root).land('covid', 'r1', { name: 'b.csv', body: body('x'), contentType: null });
    await localRawStore(root).land('covid', 'r1', { name: 'a.csv', body: body('x'), contentType: null });
    expect((await land()).file).toBe('raw/002-b.csv');
    expect((await land()).file).toBe('raw/002-b.csv');
  });

  it('says so when a manifest was changed into something else', async () => {
    const store = localRawStore(root);
    await store.writeManifest({ run_id: 'r1', pipeline: 'covid', branch: 'update', files: [] });
    await writeFile(join(root, 'covid/r1/manifest.json'), '{');
    await expect(store.readManifest('covid', 'r1')).rejects.toMatchObject({ code: 'manifest_unreadable' });
  });

  // Linux has a second file system in memory everywhere; elsewhere there is none to be sure of.
  if (process.platform === 'linux') {
    it('keeps a file from another device', async () => {
      const elsewhere = await mkdtemp('/dev/shm/raw-keep-');
      try {
        expect((await stat(elsewhere)).dev).not.toBe((await stat(root)).dev);
        await writeFile(join(elsewhere, 'out'), 'artefact');
        const store = localRawStore(root);
        await store.keep('covid', 'r1', 'out.parquet', join(elsewhere, 'out'));
        expect(await readFile(await store.path('covid', 'r1', 'out.parquet'), 'utf8')).toBe('artefact');
        expect(await readdir(elsewhere)).toEqual([]);
        expect(await readdir(join(root, 'covid/r1'))).toEqual(['out.parquet']);
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    });
  }
});
