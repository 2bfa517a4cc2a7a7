import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrations } from './migration-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, sql: string) => writeFile(join(folder, name), sql);

it('reads a folder in the order of the numbers, and only its SQL files', async () => {
  await write('0010_later.sql', 'SELECT 10;');
  await write('0002_earlier.sql', 'SELECT 2;');
  await write('README.md', 'not a migration');
  const migrations = await readMigrations(folder);
  expect(migrations.map(({ number, name, sql }) => [number, name, sql])).toEqual([
    [2, '0002_earlier', 'SELECT 2;'],
    [10, '0010_later', 'SELECT 10;'],
  ]);
});

it('finds nothing in an empty folder', async () => {
  expect(await readMigrations(folder)).toEqual([]);
});

it('gives a file with CRLF line ends the checksum of the same file with LF', async () => {
  await write('0001_lines.sql', 'SELECT 1;\r\nSELECT 2;\r\n');
  const [windows] = await readMigrations(folder);
  await write('0001_lines.sql', 'SELECT 1;\nSELECT 2;\n');
  const [unix] = await readMigrations(folder);
  expect(windows).toEqual(unix);
  expect(unix?.sql).toBe('SELECT 1;\nSELECT 2;\n');
});

it('gives every other change another checksum', async () => {
  await write('0001_a.sql', 'SELECT 1;');
  const [before] = await readMigrations(folder);
  await write('0001_a.sql', 'SELECT 1; ');
  const [after] = await readMigrations(folder);
  expect(before?.checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(after?.checksum).not.toBe(before?.checksum);
});

it('refuses two files with one number, naming both', async () => {
  await write('0001_users.sql', '');
  await write('0001_runs.sql', '');
  await expect(readMigrations(folder)).rejects.toMatchObject({
    code: 'migration_number_twice',
    message: expect.stringMatching(/0001_runs\.sql and 0001_users\.sql/),
  });
});

it.each(['1_short.sql', '0001.sql', '0001-dashes.sql', '0001_Capitals.sql', 'users.sql'])(
  'refuses the name %s, and says what a name looks like',
  async (name) => {
    await write('0001_good.sql', '');
    await write(name, '');
    await expect(readMigrations(folder)).rejects.toMatchObject({
      code: 'migration_name',
      message: expect.stringContaining(`${name}: a migration is called 0001_what_it_does.sql`),
    });
  },
);
