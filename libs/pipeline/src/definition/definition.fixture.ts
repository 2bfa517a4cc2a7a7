import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { WeirError } from '../errors/weir-error.js';
import type { SourceType } from '../ports/source.js';
import type { TransformType } from '../ports/transform.js';
import { readDefinition, type Reading } from './read-definition.js';
import type { Registry } from './registry.js';

function notRead(): never {
  throw new WeirError('not_read', 'This kind is only for definitions.');
}

function source(type: string, options: z.ZodType): SourceType {
  return { type, options, items: () => Promise.resolve([]), read: notRead };
}

function transform(type: string, options: z.ZodType): TransformType {
  return { type, options, apply: (relation) => Promise.resolve({ relation }) };
}

/** Kinds like those of the flagship, as far as a definition sees them. */
export const registry: Registry = {
  sources: [
    source(
      'csv',
      z.strictObject({
        paths: z.union([z.string(), z.array(z.string()).min(1)]),
        delimiter: z.string().length(1).default(','),
      }),
    ),
    source(
      'html',
      z.strictObject({
        url: z.string(),
        table: z.strictObject({ selector: z.string() }),
        period: z.strictObject({ selector: z.string(), rule: z.enum(['range_end', 'date']) }).optional(),
      }),
    ),
  ],
  transforms: [
    transform('spread_weekly', z.strictObject({ cut: z.string().regex(/^\d{4}-\d\d-\d\d$|^all$|^none$/) })),
    transform('forward_fill', z.strictObject({})),
  ],
  sinks: [
    {
      type: 'incidence',
      schema: {
        series: ['region'],
        labels: ['region_name'],
        time: 'date',
        metrics: ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'],
      },
      options: z.strictObject({}),
    },
  ],
};

export const regionsCsv = 'code,name,page_name\nAAA,Alpha,Alpha land\nBBB,Beta,\n';

/** A definition without a mistake. Specs break it in one place. */
export const soundDefinition = `name: demo
description: Figures per region.
schedule:
  cron: '*/5 * * * *'
dictionaries:
  regions:
    file: regions.csv
    code: code
    name: name
    match: [name, page_name]
    aliases: { Alfa: AAA }
branches:
  backfill:
    source:
      type: csv
      paths: \${HISTORY:-sample/*.csv}
      columns:
        region: { from: region, dictionary: regions }
        date: { from: day, format: '%d.%m.%Y' }
        new_cases: cases
        new_deaths: deaths
      ignore:
        - { column: region, values: [Whole country] }
      total: { column: region, value: Whole country, metrics: [new_cases] }
  update:
    source:
      type: html
      url: sample/page.html
      table:
        selector: table
      columns:
        region: Region
        date: period_end
        new_cases: Detected
      fetch: { timeout: 10s, max_size: 50MB, retries: 1 }
    transforms: []
transforms:
  - type: spread_weekly
    cut: 2023-05-15
  - type: forward_fill
sink:
  type: incidence
max_rejected: 0.5%
`;

/** The definition with one text of it replaced; a text that is not there is an error of the spec. */
export function broken(text: string, replacement: string): string {
  if (!soundDefinition.includes(text))
    throw new WeirError('spec_error', `the definition has no ${JSON.stringify(text)}`);
  return soundDefinition.replace(text, () => replacement);
}

/** Writes a pipeline's folder into a new temporary folder, reads it, and removes it again. */
export async function read(
  definition: string | Uint8Array,
  {
    files = { 'regions.csv': regionsCsv },
    variables = {},
    name = 'demo',
  }: {
    files?: { readonly [file: string]: string | Uint8Array };
    variables?: { readonly [variable: string]: string };
    name?: string;
  } = {},
): Promise<Reading> {
  const root = await mkdtemp(join(tmpdir(), 'weir-definition-'));
  try {
    const folder = join(root, name);
    await mkdir(folder);
    const all = { ...files, 'pipeline.yaml': definition };
    await Promise.all(Object.entries(all).map(([file, content]) => writeFile(join(folder, file), content)));
    return await readDefinition(join(folder, 'pipeline.yaml'), registry, (variable) => variables[variable]);
  } finally {
    await rm(root, { recursive: true });
  }
}

/** `line:column code` of each problem. */
export function places({ problems }: Reading): string[] {
  return problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}
