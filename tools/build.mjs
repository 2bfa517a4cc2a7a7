/**
 * Compiles every workspace's src/ to dist/ with swc, and makes the web page and the empty database cluster of new homes. Types
 * are checked by `npm run check`, so this only strips them.
 * Only files newer than their output are compiled, which makes a build with nothing to do take milliseconds; a file
 * is written under another name and renamed, because `npx weir` and `npm start` may both find work at the same time.
 */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A page is no program: it is built as a whole, by itself. */
const page = join(root, 'apps/dashboard');

/** The folders that hold a package.json and a src/ of a program: apps/*, libs/*, libs/adapters/*. */
export function workspaces() {
  const { workspaces: globs } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return globs.flatMap((glob) => {
    const parent = join(root, glob.replace(/\/\*$/, ''));
    if (!existsSync(parent)) return [];
    return readdirSync(parent)
      .map((name) => join(parent, name))
      .filter((dir) => dir !== page && existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'src')));
  });
}

function* files(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

const isSource = (path) => path.endsWith('.ts') && !/\.(spec|fixture|d)\.ts$/.test(path);
const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** What is made as a whole, by a script of its own. Images do not carry all of it. */
const wholes = [
  ['apps/dashboard/build.mjs', 'buildPage'],
  ['apps/embedded/cluster.mjs', 'buildCluster'],
];

/** Brings everything that is built up to date, and returns how many files were compiled; a whole counts as one. */
export async function build() {
  let made = await buildPrograms();
  for (const [path, name] of wholes) {
    const script = join(root, path);
    if (!existsSync(script)) continue;
    const { [name]: bring } = await import(pathToFileURL(script).href);
    if (await bring()) made += 1;
  }
  return made;
}

async function buildPrograms() {
  const settings = Math.max(modified(join(root, '.swcrc')), modified(join(root, 'tools/build.mjs')));
  const stale = [];
  for (const workspace of workspaces()) {
    const sourceDir = join(workspace, 'src');
    const outputDir = join(workspace, 'dist');
    const expected = new Set();
    for (const source of files(sourceDir)) {
      if (!isSource(source)) continue;
      const output = join(outputDir, relative(sourceDir, source)).replace(/\.ts$/, '.js');
      expected.add(output);
      if (modified(output) < Math.max(modified(source), settings)) stale.push({ source, output });
    }
    if (!existsSync(outputDir)) continue;
    // What a removed source left behind would still be importable, and hide the removal.
    for (const output of files(outputDir)) {
      if (!expected.has(output.replace(/\.map$/, ''))) rmSync(output, { force: true });
    }
  }
  if (stale.length === 0) return 0;
  const { transformFile } = await import('@swc/core');
  await Promise.all(
    stale.map(async ({ source, output }) => {
      const { code, map } = await transformFile(source, {
        configFile: join(root, '.swcrc'),
        sourceFileName: relative(dirname(output), source),
      });
      mkdirSync(dirname(output), { recursive: true });
      const draft = `${output}.${process.pid}`;
      if (map) writeFileSync(`${output}.map`, map);
      writeFileSync(draft, `${code}//# sourceMappingURL=${relative(dirname(output), output)}.map\n`);
      renameSync(draft, output);
    }),
  );
  return stale.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = await build();
  console.log(count === 0 ? 'build: up to date' : `build: ${count} files compiled`);
}
