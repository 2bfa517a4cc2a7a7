import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PipelineCatalogue } from './pipeline-catalogue.js';

const FLU = `
name: flu
description: Weekly flu figures.
branches:
  backfill:
    source:
      type: csv
      paths: \${FLU_FILES:-sample/*.csv}
      columns:
        region: region
        date: day
        new_cases: cases
transforms:
  - type: forward_fill
sink:
  type: incidence
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-catalogue-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, text: string) => {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'pipeline.yaml'), text);
};
const catalogue = (variables: { readonly [name: string]: string } = {}) =>
  new PipelineCatalogue(folder, (name) => variables[name]);

it('makes a plan of a pipeline file, with the kinds of this build and the environment’s variables', async () => {
  await write('flu', FLU);
  const plan = await catalogue({ FLU_FILES: 'mine/*.csv' }).plan('flu');
  expect(plan).toMatchObject({
    name: 'flu',
    dataset: 'flu',
    folder: join(folder, 'flu'),
    schema: { series: ['region'], time: 'date' },
    sink: { type: 'incidence' },
  });
  expect(plan.branches.backfill?.source).toMatchObject({ type: 'csv', options: { paths: 'mine/*.csv' } });
  expect(plan.branches.backfill?.transforms).toEqual([expect.objectContaining({ type: 'forward_fill' })]);
  expect(plan.branches.update).toBeUndefined();
});

it('plans the flagship', async () => {
  const pipelines = fileURLToPath(new URL('../../../pipelines', import.meta.url));
  const plan = await new PipelineCatalogue(pipelines, () => undefined).plan('covid');
  expect(Object.entries(plan.branches).map(([branch, { source }]) => [branch, source.type])).toEqual([
    ['backfill', 'csv'],
    ['update', 'html'],
  ]);
});

it('lists every pipeline, those with mistakes too, each with what is wrong', async () => {
  await write('flu', FLU);
  await write('broken', FLU.replace('name: flu', 'name: broken').replace('forward_fill', 'forward_fil'));
  const entries = await catalogue().all();
  const [broken, flu] = [...entries].sort((a, b) => a.name.localeCompare(b.name));
  expect(flu).toMatchObject({ name: 'flu', file: join(folder, 'flu', 'pipeline.yaml'), problems: [] });
  expect(flu?.plan?.description).toBe('Weekly flu figures.');
  expect(broken).toMatchObject({ name: 'broken', plan: null });
  expect(broken?.problems).not.toEqual([]);
});

it('reads a file anew each time: a change counts at once', async () => {
  await write('flu', FLU);
  const pipelines = catalogue();
  await pipelines.plan('flu');
  await write('flu', FLU.replace('Weekly flu figures.', 'Changed.'));
  expect((await pipelines.plan('flu')).description).toBe('Changed.');
});

it('knows no other pipeline, and names those there are', async () => {
  await write('flu', FLU);
  for (const name of ['covid', '', '..', '../flu', 'flu/pipeline.yaml']) {
    await expect(catalogue().plan(name)).rejects.toMatchObject({
      code: 'unknown_pipeline',
      message: `there is no pipeline ${name}; there are flu`,
      retryable: false,
    });
  }
});

it('knows none in an empty folder', async () => {
  expect(await catalogue().all()).toEqual([]);
  await expect(catalogue().plan('flu')).rejects.toMatchObject({
    code: 'unknown_pipeline',
    message: expect.stringMatching(/there are none$/),
  });
});

it('refuses a file with mistakes, pointing at the first and counting the others', async () => {
  await write('flu', FLU.replace('description:', 'descripton:').replace('forward_fill', 'forward_fil'));
  await expect(catalogue().plan('flu')).rejects.toMatchObject({
    code: 'invalid_pipeline',
    retryable: false,
    message: expect.stringMatching(
      /^flu\/pipeline\.yaml:\d+:\d+: .*; expected .* \(and \d+ more\)\. `npx weir check` shows all\.$/s,
    ),
    details: { problems: expect.arrayContaining([expect.objectContaining({ line: expect.any(Number) })]) },
  });
});
