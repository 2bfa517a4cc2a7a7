import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WeirError } from '@weir/pipeline';

export interface Migration {
  readonly number: number;
  /** `0001_accounts`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 (hex) of the text with LF line ends, so that a checkout on Windows has the same. */
  readonly checksum: string;
}

/** The migrations of a folder, by number. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  migrations.forEach((migration, index) => {
    const before = migrations[index - 1];
    if (before?.number === migration.number) {
      throw new WeirError(
        'migration_number_twice',
        `${before.name}.sql and ${migration.name}.sql in ${folder} have the same number`,
      );
    }
  });
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const match = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file);
  if (!match) {
    throw new WeirError('migration_name', `${join(folder, file)}: a migration is called 0001_what_it_does.sql`);
  }
  const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return {
    number: Number(match[1]),
    name: file.slice(0, -'.sql'.length),
    sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
  };
}
