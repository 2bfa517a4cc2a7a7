/**
 * Takes out what no program of the stack's image ever loads, from its node_modules and from the workspaces: `node prune.mjs
 * FOLDER`, where FOLDER holds a node_modules made by npm. Prints how much smaller that became, and fails where one of the rules
 * below no longer does anything: then the packages have changed, and the rule should.
 */
import { existsSync, globSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

const root = process.argv[2] ?? '.';

/** What these declare as dependencies, but need only for what is not done in the image. `*`: all of them. */
const notNeeded = {
  // The API serves ReDoc's finished bundle; its dependencies are those of the sources.
  redoc: '*',
  // They compile workflow code. The image carries the finished bundle. (webpack and memfs are loaded by its first line.)
  '@temporalio/worker': ['@swc/core', 'swc-loader', 'source-map-loader'],
  // Counts downloads.
  'swagger-ui-dist': ['@scarf/scarf'],
};

/** Parts of packages: sources and binaries for other machines. */
const target = `${{ x64: 'x86_64', arm64: 'aarch64' }[arch()]}-${{ linux: 'unknown-linux-gnu' }[platform()]}`;
const parts = [
  { in: '@temporalio/core-bridge', keep: ['index.js', 'common.js', 'package.json', 'lib', 'releases', 'README.md'] },
  { in: '@temporalio/core-bridge/releases', keep: [target] },
  { in: 'redoc', keep: ['package.json', 'LICENSE', 'bundles'] },
  { in: 'redoc/bundles', keep: ['redoc.standalone.js', 'redoc.standalone.js.LICENSE.txt'] },
];

/** Files that are for those who write code, not for those who run it. Licences stay. */
const forReaders = /\.(d\.[cm]?ts|map|md|markdown|flow|tsbuildinfo)$/i;

const { packages } = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'));
const size = (path) => {
  const stat = lstatSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0) : stat.size;
};
const before = size(join(root, 'node_modules'));

/** Where `name` is found from the package at `from`, as Node looks: outwards through the folders. */
function resolve(from, name) {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (at === '') return undefined;
    if (!at.includes('node_modules/')) at = '';
  }
}

/** Every package that something needs, from the workspaces on. */
function needed() {
  const seen = new Set();
  const used = new Set();
  const queue = Object.keys(packages).filter((path) => !path.includes('node_modules/'));
  while (queue.length > 0) {
    const path = queue.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const { link, resolved, dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      packages[path];
    if (link) {
      queue.push(resolved);
      continue;
    }
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const peers = Object.keys(peerDependencies ?? {}).filter((peer) => !peerDependenciesMeta?.[peer]?.optional);
    for (const dependency of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      if (dependency.startsWith('@types/')) continue;
      if (notNeeded[name] === '*' || notNeeded[name]?.includes(dependency)) {
        used.add(name);
        continue;
      }
      const found = resolve(path, dependency);
      if (found !== undefined) queue.push(found);
    }
  }
  for (const name of Object.keys(notNeeded)) if (!used.has(name)) throw new Error(`prune: ${name} is not installed`);
  return seen;
}

const keep = needed();
for (const [path, { link }] of Object.entries(packages)) {
  if (!keep.has(path) && !link && path.includes('node_modules/'))
    rmSync(join(root, path), { recursive: true, force: true });
}

// npm links the workspaces that are needed. Of the others only the package.json was there for npm to read.
const linked = new Set(Object.values(packages).flatMap(({ link, resolved }) => (link ? [resolved] : [])));
const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const workspace of workspaces.flatMap((pattern) => globSync(pattern, { cwd: root }))) {
  if (!existsSync(join(root, workspace, 'package.json'))) continue;
  if (!linked.has(workspace)) rmSync(join(root, workspace), { recursive: true });
  // What is compiled, tests and their like are not needed beside what it was compiled to.
  else for (const name of ['src', 'test']) rmSync(join(root, workspace, name), { recursive: true, force: true });
}

for (const name of ['.bin', '.package-lock.json']) rmSync(join(root, 'node_modules', name), { recursive: true });
for (const part of parts) {
  const folder = join(root, 'node_modules', part.in);
  const missing = part.keep.filter((name) => !existsSync(join(folder, name)) && !/LICENSE|README/.test(name));
  if (missing.length > 0) throw new Error(`prune: ${part.in} has no ${missing.join(', ')}`);
  for (const name of readdirSync(folder)) {
    if (!part.keep.includes(name)) rmSync(join(folder, name), { recursive: true });
  }
}

(function strip(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) strip(path);
    else if (entry.isFile() && forReaders.test(entry.name)) rmSync(path);
  }
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
})(join(root, 'node_modules'));

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
console.log(`prune: node_modules ${megabytes(before)} -> ${megabytes(size(join(root, 'node_modules')))}`);
