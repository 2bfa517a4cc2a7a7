import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { LandRequest, Manifest, RawStore } from '@weir/raw';

const PIPELINE = 'covid';
const RUN = 'run-1';

/** What every raw store does. `make` gives an empty one; what it holds is the caller's to remove. */
export function rawStoreContract(make: () => Promise<RawStore>): void {
  describe('raw store', () => {
    let store: RawStore;
    let scratch: string;

    beforeEach(async () => {
      store = await make();
      scratch = await mkdtemp(join(tmpdir(), 'raw-store-'));
    });
    afterEach(() => rm(scratch, { recursive: true }));

    const land = (request: LandRequest, runId = RUN) => store.land(PIPELINE, runId, request);
    const read = async (file: string, runId = RUN) => readFile(await store.path(PIPELINE, runId, file), 'utf8');
    const manifest = (files: Manifest['files']): Manifest => ({
      run_id: RUN,
      pipeline: PIPELINE,
      branch: 'backfill',
      files,
    });
    const local = async (name: string, text: string) => {
      await writeFile(join(scratch, name), text);
      return join(scratch, name);
    };

    it('lands the bytes as they come, with their size, hash, time and type', async () => {
      const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xd1, 0x8f]);
      const before = Date.now();
      const landed = await land({
        name: 'data/a.csv',
        body: chunks(bytes.subarray(0, 2), bytes.subarray(2)),
        contentType: 'text/csv',
      });
      expect(landed).toMatchObject({ name: 'data/a.csv', bytes: 6, content_type: 'text/csv' });
      expect(landed.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(Date.parse(landed.fetched_at)).toBeGreaterThanOrEqual(before);
      expect(landed.fetched_at).toMatch(/Z$/);
      const path = await store.path(PIPELINE, RUN, landed.file);
      expect(isAbsolute(path)).toBe(true);
      expect(await readFile(path)).toEqual(bytes);
    });

    it('lands an empty body as a file of 0 bytes', async () => {
      const landed = await land({ name: 'empty.csv', body: chunks(), contentType: null });
      expect(landed.bytes).toBe(0);
      expect(await read(landed.file)).toBe('');
    });

    it('keeps two items with one base name apart, landed at the same time too', async () => {
      const names = ['x/a.csv', 'y/a.csv', 'https://example.org/a.csv?year=1', 'https://example.org/a.csv?year=2'];
      const landed = await Promise.all(names.map((name) => land(text(name, name))));
      expect(new Set(landed.map(({ file }) => file)).size).toBe(names.length);
      expect(await Promise.all(landed.map(({ file }) => read(file)))).toEqual(names);
    });

    it('replaces an item that is landed again', async () => {
      const first = await land(text('a.csv', 'old'));
      await land(text('b.csv', 'other'));
      const second = await land(text('a.csv', 'new'));
      expect(second.file).toBe(first.file);
      expect(await read(first.file)).toBe('new');
      expect(await store.list(PIPELINE, RUN)).toHaveLength(2);
    });

    it('leaves nothing of a body that breaks off, and the item landed before as it was', async () => {
      const first = await land(text('a.csv', 'whole'));
      await expect(land({ name: 'a.csv', body: broken('half'), contentType: null })).rejects.toThrow('connection lost');
      await expect(land({ name: 'b.csv', body: broken('half'), contentType: null })).rejects.toThrow('connection lost');
      expect(await read(first.file)).toBe('whole');
      expect(await store.list(PIPELINE, RUN)).toEqual([{ file: first.file, bytes: 5 }]);
    });

    it('has no manifest until one is written, and then reads it back', async () => {
      const landed = await land(text('a.csv', 'x'));
      expect(await store.readManifest(PIPELINE, RUN)).toBeNull();
      await store.writeManifest(manifest([landed]));
      expect(await store.readManifest(PIPELINE, RUN)).toEqual(manifest([landed]));
      expect(await store.readManifest(PIPELINE, 'run-2')).toBeNull();
    });

    it('refuses a manifest of files that are missing or not whole', async () => {
      const landed = await land(text('a.csv', 'x'));
      await expect(store.writeManifest(manifest([{ ...landed, file: 'raw/009-b.csv' }]))).rejects.toMatchObject({
        code: 'landing_incomplete',
      });
      await expect(store.writeManifest(manifest([{ ...landed, bytes: 2 }]))).rejects.toMatchObject({
        code: 'landing_incomplete',
      });
      expect(await store.readManifest(PIPELINE, RUN)).toBeNull();
    });

    it('keeps a local file as an artefact and replaces one of that name', async () => {
      const path = await local('out', 'first');
      await store.keep(PIPELINE, RUN, 'rejects.parquet', path);
      await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
      await store.keep(PIPELINE, RUN, 'rejects.parquet', await local('out', 'second'));
      expect(await read('rejects.parquet')).toBe('second');
      expect(await store.has(PIPELINE, RUN, 'rejects.parquet')).toBe(true);
      expect(await store.has(PIPELINE, RUN, 'report.json')).toBe(false);
    });

    it('says which file is not there to be kept or read', async () => {
      await expect(store.keep(PIPELINE, RUN, 'report.json', join(scratch, 'none'))).rejects.toMatchObject({
        code: 'artefact_missing',
        message: expect.stringContaining('report.json'),
      });
      await expect(store.path(PIPELINE, RUN, 'report.json')).rejects.toMatchObject({
        code: 'artefact_missing',
        message: expect.stringContaining('report.json'),
      });
    });

    it('lists landed files, artefacts and the manifest in order of name', async () => {
      expect(await store.list(PIPELINE, RUN)).toEqual([]);
      const landed = await land(text('a.csv', 'abc'));
      await store.keep(PIPELINE, RUN, 'rejects.parquet', await local('out', '12345'));
      await store.writeManifest(manifest([landed]));
      const files = await store.list(PIPELINE, RUN);
      expect(files.map(({ file }) => file)).toEqual(['manifest.json', landed.file, 'rejects.parquet'].sort());
      expect(files).toContainEqual({ file: landed.file, bytes: 3 });
      expect(files).toContainEqual({ file: 'rejects.parquet', bytes: 5 });
    });

    it('keeps runs apart and discards one alone', async () => {
      const one = await land(text('a.csv', 'one'), 'run-1');
      const two = await land(text('a.csv', 'two'), 'run-2');
      await store.discard(PIPELINE, 'run-1');
      await store.discard(PIPELINE, 'run-1');
      expect(await store.has(PIPELINE, 'run-1', one.file)).toBe(false);
      expect(await store.list(PIPELINE, 'run-1')).toEqual([]);
      expect(await read(two.file, 'run-2')).toBe('two');
    });

    it('takes hostile item names as they are, and makes safe file names of them', async () => {
      for (const name of [
        '../../../etc/passwd',
        'a b\u0000c.csv',
        'история.csv',
        '..',
        '',
        `${'long'.repeat(100)}.csv`,
      ]) {
        const landed = await land(text(name, 'x'));
        expect(landed.name).toBe(name);
        expect(landed.file).toMatch(/^[A-Za-z0-9._/-]{1,150}$/);
        expect(landed.file.split('/')).not.toContain('..');
        expect(await read(landed.file)).toBe('x');
      }
    });

    it.each(['..', '.', '', 'a/b', '../covid', 'a\u0000b', 'é'])(
      'refuses %j as a pipeline or a run id',
      async (name) => {
        const invalid = { code: 'invalid_name' };
        await expect(store.land(name, RUN, text('a.csv', 'x'))).rejects.toMatchObject(invalid);
        await expect(store.land(PIPELINE, name, text('a.csv', 'x'))).rejects.toMatchObject(invalid);
        await expect(store.discard(name, RUN)).rejects.toMatchObject(invalid);
        await expect(store.discard(PIPELINE, name)).rejects.toMatchObject(invalid);
      },
    );

    it.each(['../run-2/raw/001-a.csv', '/etc/passwd', 'raw/../../x', '.hidden', ''])(
      'refuses %j as a file of a run',
      async (file) => {
        const invalid = { code: 'invalid_name' };
        await expect(store.path(PIPELINE, RUN, file)).rejects.toMatchObject(invalid);
        await expect(store.has(PIPELINE, RUN, file)).rejects.toMatchObject(invalid);
        await expect(store.keep(PIPELINE, RUN, file, await local('out', 'x'))).rejects.toMatchObject(invalid);
      },
    );
  });
}

function text(name: string, content: string): LandRequest {
  return { name, body: chunks(Buffer.from(content)), contentType: null };
}

async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function* broken(start: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start);
  throw new Error('connection lost');
}
