import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { fetcher } from '@weir/adapter-http';
import { PipelineCatalogue, previewPipeline, type Preview } from '@weir/catalogue';
import type { Branch } from '@weir/pipeline';
import { projectConfig } from '../project.js';
import { print } from '../terminal/output.js';
import { table } from '../terminal/table.js';

interface Options {
  readonly branch?: Branch;
  readonly limit: number;
  readonly json?: boolean;
}

export function previewCommand(): Command {
  return new Command('preview')
    .description('the first records before and after each transform; fetches, but writes nothing')
    .argument('<pipeline>', 'its name, as in `weir list`')
    .addOption(new Option('--branch <branch>', 'the branch to look at').choices(['backfill', 'update']))
    .option('--limit <n>', 'records of each step', wholeNumber, 20)
    .option('--json', 'for programs')
    .action(async (pipeline: string, { branch, limit, json }: Options) => {
      const config = projectConfig();
      const plan = await new PipelineCatalogue(config.pipelines, config.variable).plan(pipeline);
      const scratch = await mkdtemp(join(tmpdir(), 'weir-preview-'));
      try {
        const workspace = await openDuckDbWorkspace({ scratch, ...config.duckdb });
        try {
          const preview = await previewPipeline(plan, branch ?? null, limit, fetcher(), workspace);
          print(json, preview, () => text(preview));
        } finally {
          await workspace.close();
        }
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    });
}

function wholeNumber(value: string): number {
  const read = Number(value);
  if (!/^\d{1,5}$/.test(value) || read < 1 || read > 10_000)
    throw new InvalidArgumentError('a whole number, 1 to 10000, is expected.');
  return read;
}

function text({ pipeline, branch, stages, rejected, warnings }: Preview): string {
  const parts = stages.map(({ stage, rows, records }) => {
    const fields = Object.keys(records[0] ?? {});
    const cells = records.map((record) => fields.map((field) => cell(record[field])));
    return `${stage}: ${rows} rows\n${table(fields, cells)}`;
  });
  const notes = [
    `${rejected} rows rejected`,
    ...warnings.map(({ code, message, count }) => `${code}: ${count} ${message}`),
    'Nothing was written.',
  ];
  return `${pipeline}, ${branch}\n\n${parts.join('\n\n')}\n\n${notes.join('\n')}`;
}

function cell(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('|');
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
