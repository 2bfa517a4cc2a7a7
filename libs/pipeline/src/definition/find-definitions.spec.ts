import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDefinitions } from './find-definitions.js';

describe('findDefinitions', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'weir-pipelines-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('lists the folders that hold a definition, sorted', async () => {
    for (const name of ['b', 'a', 'empty']) await mkdir(join(root, name));
    for (const name of ['b', 'a']) await writeFile(join(root, name, 'pipeline.yaml'), '');
    await writeFile(join(root, 'README.md'), '');
    expect(await findDefinitions(root)).toEqual([join(root, 'a/pipeline.yaml'), join(root, 'b/pipeline.yaml')]);
  });

  it('refuses a folder that is not there', async () => {
    await expect(findDefinitions(join(root, 'gone'))).rejects.toMatchObject({ code: 'pipelines_not_readable' });
  });
});
