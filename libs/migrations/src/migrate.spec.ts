import { appendFile, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WeirError } from '@weir/pipeline';
import { migrationStatus, runMigrations } from './migrate.js';
import { readMigrations, type Migration } from './migration-files.js';
import type { AppliedMigration, MigrationLock, MigrationStore } from './migration-store.js';

/** A database that is a file: a migration is text appended to it, and its record a line of another one. */
class FileStore implements MigrationStore {
  private readonly data: string;
  private readonly records: string;

  constructor(
    readonly name: string,
    folder: string,
  ) {
    this.data = join(folder, `${name}.data`);
    this.records = join(folder, `${name}.records`);
  }

  async applied(): Promise<AppliedMigration[]> {
    const lines = (await text(this.records)).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as AppliedMigration).sort((a, b) => a.number - b.number);
  }

  async apply({ number, name, checksum, sql }: Migration): Promise<void> {
    if (sql.includes('BROKEN')) throw new WeirError('migration_failed', `${this.name}/${name}.sql: broken`);
    await appendFile(this.data, sql);
    await appendFile(
      this.records,
      `${JSON.stringify({ number, name, checksum, applied_at: '2024-01-01T00:00:00Z' })}\n`,
    );
  }

  contents(): Promise<string> {
    return text(this.data);
  }
}

/** One holder at a time, in this process. */
class OneHolder implements MigrationLock {
  held = 0;
  private taken = false;

  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken) throw new WeirError('migration_locked', 'another is migrating', { retryable: true });
    this.taken = true;
    this.held += 1;
    try {
      return await work();
    } finally {
      this.taken = false;
    }
  }
}

function text(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

let folder: string;
let store: FileStore;
let lock: OneHolder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-migrate-'));
  store = new FileStore('files', folder);
  lock = new OneHolder();
  await write('0001_first', 'one ');
  await write('0002_second', 'two ');
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, sql: string) => writeFile(join(folder, `${name}.sql`), sql);
const run = async (dryRun?: boolean) => runMigrations([{ store, files: await readMigrations(folder) }], lock, dryRun);
const states = async () =>
  (await migrationStatus(store, await readMigrations(folder))).migrations.map(({ name, state }) => [name, state]);

it('applies what is pending once, in order, under the lock', async () => {
  expect(await run()).toEqual(['files/0001_first', 'files/0002_second']);
  expect(await run()).toEqual([]);
  await write('0003_third', 'three ');
  expect(await run()).toEqual(['files/0003_third']);
  expect(await store.contents()).toBe('one two three ');
  expect(lock.held).toBe(3);
});

it('says what is applied since when, and what is pending, and changes nothing by saying so', async () => {
  await run();
  await write('0003_third', 'three ');
  expect(await migrationStatus(store, await readMigrations(folder))).toEqual({
    store: 'files',
    migrations: [
      { name: '0001_first', state: 'applied', applied_at: '2024-01-01T00:00:00Z' },
      { name: '0002_second', state: 'applied', applied_at: '2024-01-01T00:00:00Z' },
      { name: '0003_third', state: 'pending', applied_at: null },
    ],
  });
  expect(await store.contents()).toBe('one two ');
});

it('only names what it would apply in a dry run, without the lock', async () => {
  expect(await run(true)).toEqual(['files/0001_first', 'files/0002_second']);
  expect(lock.held).toBe(0);
  expect(await store.contents()).toBe('');
  expect(await states()).toEqual([
    ['0001_first', 'pending'],
    ['0002_second', 'pending'],
  ]);
});

it('takes a file that only changed its line ends for the same', async () => {
  await write('0001_first', 'one\n');
  await run();
  await write('0001_first', 'one\r\n');
  expect(await run()).toEqual([]);
});

describe('refuses to apply anything', () => {
  const spoilt = (state: string, name: string) => ({
    code: 'migration_refused',
    message: expect.stringContaining('Nothing was applied'),
    details: { store: 'files', migrations: [expect.objectContaining({ name, state })] },
  });

  beforeEach(async () => {
    await run();
  });
  afterEach(async () => {
    expect(await store.contents()).toBe('one two ');
  });

  it('where a file was edited after it was applied', async () => {
    await write('0001_first', 'ONE ');
    await write('0003_third', 'three ');
    expect(await states()).toEqual([
      ['0001_first', 'edited'],
      ['0002_second', 'applied'],
      ['0003_third', 'pending'],
    ]);
    await expect(run()).rejects.toMatchObject(spoilt('edited', '0001_first'));
    await expect(run(true)).rejects.toMatchObject(spoilt('edited', '0001_first'));
  });

  it('where a file was renamed after it was applied', async () => {
    await unlink(join(folder, '0002_second.sql'));
    await write('0002_renamed', 'two ');
    await expect(run()).rejects.toMatchObject(spoilt('edited', '0002_renamed'));
  });

  it('where an applied file is gone', async () => {
    await unlink(join(folder, '0002_second.sql'));
    await write('0003_third', 'three ');
    expect(await states()).toContainEqual(['0002_second', 'missing']);
    await expect(run()).rejects.toMatchObject(spoilt('missing', '0002_second'));
  });

  it('where a file has a number below one that was applied', async () => {
    await unlink(join(folder, '0001_first.sql'));
    const late = new FileStore('late', folder);
    await runMigrations([{ store: late, files: await readMigrations(folder) }], lock);
    await write('0001_first', 'one ');
    const files = await readMigrations(folder);
    expect((await migrationStatus(late, files)).migrations.map(({ state }) => state)).toEqual([
      'out_of_order',
      'applied',
    ]);
    await expect(runMigrations([{ store: late, files }], lock)).rejects.toMatchObject({ code: 'migration_refused' });
    expect(await late.contents()).toBe('two ');
  });

  it('to one database where the files of another are refused', async () => {
    await write('0001_first', 'ONE ');
    const other = new FileStore('other', folder);
    const files = await readMigrations(folder);
    await expect(
      runMigrations(
        [
          { store: other, files },
          { store, files },
        ],
        lock,
      ),
    ).rejects.toMatchObject(spoilt('edited', '0001_first'));
    expect(await other.contents()).toBe('');
  });
});

it('stops at the first that fails, keeps those before it, and goes on there when it is mended', async () => {
  await write('0002_second', 'BROKEN');
  await write('0003_third', 'three ');
  await expect(run()).rejects.toMatchObject({ code: 'migration_failed' });
  expect(await store.contents()).toBe('one ');
  await write('0002_second', 'two ');
  expect(await run()).toEqual(['files/0002_second', 'files/0003_third']);
  expect(await store.contents()).toBe('one two three ');
});

it('does nothing while another holds the lock', async () => {
  await lock.hold(async () => {
    await expect(run()).rejects.toMatchObject({ code: 'migration_locked', retryable: true });
  });
  expect(await store.contents()).toBe('');
});
