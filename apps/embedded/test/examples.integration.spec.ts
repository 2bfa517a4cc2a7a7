import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from '@swc/core';
import { environment, killPrograms, Program, start, type TestFolder, testFolder, untilReady } from '@weir/testing';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('the example in TypeScript', () => {
  let folder: TestFolder;
  /** In node_modules, from where the client is found by its name, as a reader's program would find it. */
  const compiled = join(root, 'node_modules/.cache/weir-examples');

  beforeAll(async () => {
    folder = await testFolder();
  });
  afterAll(async () => {
    await killPrograms();
    await rm(compiled, { recursive: true, force: true });
    await folder.remove();
  });

  it('gets from registration to a file of figures', async () => {
    const system = start(folder.home('examples'));
    const address = await untilReady(system);
    const source = await readFile(join(root, 'examples/figures.ts'), 'utf8');
    const { code } = await transform(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
    await mkdir(compiled, { recursive: true });
    const file = join(compiled, 'figures.mjs');
    await writeFile(file, code);

    const example = new Program(pathToFileURL(file), [address, 'typescript@example.org'], environment({}));
    const { status } = await example.ended;
    const { stdout, stderr } = example;
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^2023-05-16 \d+\.\d+ spread$/m);
    expect(stdout).toContain('as of 2020-01-31: 0 rows');
    expect(stdout).toContain('summary, asked again: unchanged');
    expect(stdout).toMatch(/^refused: validation_failed: from must be a day/m);

    const [, pages = '0'] = /^pages: (\d+) rows$/m.exec(stdout) ?? [];
    const [, csv = ''] = /^csv: (.+)$/m.exec(stdout) ?? [];
    const lines = (await readFile(csv, 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toContain('region,region_name,date');
    expect(lines).toHaveLength(Number(pages) + 1);
    expect(Number(pages)).toBeGreaterThan(500);
    await rm(join(csv, '..'), { recursive: true });
    await system.end('SIGTERM');
  });
});
