/**
 * Run in the stack's image while it is built, as its user: fails where an embedded engine, a package of those who develop, or
 * a binary for another machine has come into it, or where something that its programs load has not.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? '/app';
const problems = [];

const forbidden =
  /^(chdb|@chdb|@electric-sql|@weir\/embedded|jest|nx|@nx|eslint|typescript|prettier|playwright-core|@swc|@types)$/;
(function look(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = folder.endsWith('/node_modules') ? entry.name : '';
    if (forbidden.test(name) || (folder.endsWith('/@weir') && entry.name === 'embedded'))
      problems.push(`${path} is in it`);
    if (/(darwin|win32|windows|apple)/.test(entry.name) && /\.node$/.test(entry.name))
      problems.push(`${path} is in it`);
    if (entry.isDirectory()) look(path);
  }
})(join(root, 'node_modules'));
for (const path of ['apps/embedded', 'libs/testing', 'libs/client', 'libs/adapters/memory'])
  if (existsSync(join(root, path))) problems.push(`${path} is in it`);

for (const path of [
  'apps/api/bin/weir-api.js',
  'apps/worker/bin/weir-worker.js',
  'apps/worker/bundle/workflows.js',
  'apps/keeper/bin/weir-keeper.js',
  'apps/cli/bin/weir.js',
  'clickhouse/migrations',
  'postgres/migrations',
  'pipelines',
  'kafka-connect/connectors',
]) {
  if (!existsSync(join(root, path))) problems.push(`${path} is missing`);
}

/** What the programs are made of: each is loaded once, so that a package pruned by mistake is missed here. */
for (const name of [
  '@weir/stack',
  '@weir/api',
  '@weir/adapter-temporal',
  '@temporalio/worker',
  '@duckdb/node-api',
  'bcrypt',
  'pino-pretty',
]) {
  try {
    await import(name);
  } catch (error) {
    problems.push(`${name} does not load: ${error.message}`);
  }
}

if (problems.length > 0) {
  console.error(problems.map((problem) => `image: ${problem}`).join('\n'));
  process.exit(1);
}
console.log('image: holds what it needs, and nothing of what it must not');
process.exit(0);
