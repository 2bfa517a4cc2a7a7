import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectPostgres } from '@weir/adapter-postgres';
import { type TestFolder, testFolder } from '@weir/testing';
import { startPostgres } from '../src/engines/postgres.js';

/** Real: the embedded PostgreSQL, on folders of its own. */

let folder: TestFolder;
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

/** Starts on the home, asks, and stops. */
async function ask<T>(sql: string): Promise<T[]> {
  const postgres = await startPostgres(join(folder.path, 'postgres'), folder.path);
  const source = await connectPostgres(postgres.address);
  try {
    return await source.query<T[]>(sql);
  } finally {
    await source.destroy();
    await postgres.close();
  }
}

it('is empty in a new home, and keeps what was written for the next start', async () => {
  expect(await ask(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
  await ask('CREATE TABLE kept AS SELECT 7 AS n');
  expect(await ask('SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

it('begins anew where a beginning was cut short', async () => {
  const draft = join(folder.path, 'postgres.draft');
  await mkdir(join(draft, 'base'), { recursive: true });
  await writeFile(join(draft, 'PG_VERSION'), 'half of it');
  expect(await ask('SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

it('has another home’s data nowhere: each begins with a copy', async () => {
  await ask('CREATE TABLE kept AS SELECT 7 AS n');
  const other = await testFolder();
  try {
    const postgres = await startPostgres(join(other.path, 'postgres'), other.path);
    const source = await connectPostgres(postgres.address);
    const tables = await source.query<unknown[]>(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    await source.destroy();
    await postgres.close();
    expect(tables).toEqual([]);
  } finally {
    await other.remove();
  }
});
