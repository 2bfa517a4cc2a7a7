import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { hashBranch, readBranch, readSteps, type BranchContext } from './branch.js';
import { checkKind, checkMapping, isMapping } from './check.js';
import { readDictionaries } from './dictionary.js';
import { unknownKey, wrongType } from './issues.js';
import type { Branch, BranchPlan, Plan } from './plan.js';
import { Lines } from './positions.js';
import type { Problem } from './problem.js';
import type { Registry } from './registry.js';
import type { Report } from './report.js';
import { definitionSchema } from './definition.schema.js';
import type { Variables } from './variables.js';
import { readYaml } from './yaml-text.js';

/** A plan, or what keeps the file from being one. */
export type Reading = { plan: Plan; problems: [] } | { plan: null; problems: Problem[] };

const BRANCHES: readonly Branch[] = ['backfill', 'update'];

/**
 * Reads and checks a `pipeline.yaml`: a plan, or every mistake of the file at once, in the order of the file. Nothing
 * that a file holds makes it throw.
 * @param file as it is to be named in problems; the pipeline's folder is the one it lies in
 */
export async function readDefinition(file: string, registry: Registry, variables: Variables): Promise<Reading> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`;
    return unreadable({
      file,
      line: 1,
      column: 1,
      code: 'file_not_readable',
      message,
      expected: 'a pipeline.yaml',
      hint: null,
    });
  }
  const text = new TextDecoder().decode(bytes);
  if (!isUtf8(bytes)) {
    const place = new Lines(text).position(text.indexOf('\ufffd'));
    const message = 'the text is not UTF-8 from here on';
    return unreadable({
      file,
      ...place,
      code: 'not_utf8',
      message,
      expected: 'text in UTF-8',
      hint: 'save the file as UTF-8',
    });
  }
  return checkDefinition(file, text, registry, variables);
}

function unreadable(problem: Problem): Reading {
  return { plan: null, problems: [problem] };
}

/** As `readDefinition`, of a text that is at hand: nothing but the dictionaries is read. */
export async function checkDefinition(
  file: string,
  text: string,
  registry: Registry,
  variables: Variables,
): Promise<Reading> {
  const { value, report } = readYaml(file, text.replace(/^\ufeff/, ''), variables);
  const plan = value === undefined ? null : await readPlan(report, value, dirname(resolve(file)), registry);
  return plan ? { plan, problems: [] } : { plan: null, problems: report.problems() };
}

async function readPlan(report: Report, value: unknown, folder: string, registry: Registry): Promise<Plan | null> {
  if (!isMapping(value)) {
    const expected = 'a mapping with name, branches and sink';
    const empty = { code: 'empty_file', message: 'the file holds no definition', expected };
    report.add([], value === null ? empty : { ...wrongType(value, expected), message: 'the file is no mapping' });
    return null;
  }
  const top = checkMapping(report, definitionSchema, value, []);
  checkName(report, top.name, basename(folder));
  const dictionaries = await readDictionaries(report, top.dictionaries, folder);
  const sink = top.sink ? checkKind(report, 'sink', registry.sinks, top.sink, ['sink']) : null;
  const schema = sink?.kind.schema ?? null;
  const steps = readSteps(report, registry, top.transforms ?? [], ['transforms']);
  const branches = readBranches({ report, registry, schema, dictionaries, steps }, top.branches);

  if (!report.isEmpty || sink === null || schema === null || top.name === undefined) return null;
  const { name, description = '', dataset = name, schedule = null, max_rejected: maxRejected = { count: 0 } } = top;
  const plan = { name, description, folder, dataset, schedule, schema, maxRejected };
  const sinkPlan = { type: sink.kind.type, options: sink.options };
  const hashed = branches.map(([branch, read]): [Branch, BranchPlan] => {
    return [branch, { ...read, hash: hashBranch({ dataset, schema, sink: sinkPlan }, read) }];
  });
  return { ...plan, branches: Object.fromEntries(hashed), sink: sinkPlan };
}

function checkName(report: Report, name: string | undefined, folder: string): void {
  if (name === undefined || name === folder) return;
  report.add(['name'], {
    code: 'name_not_folder',
    message: `the pipeline's folder is called ${JSON.stringify(folder)}`,
    expected: "the name of the file's folder",
    hint: `write name: ${folder}, or rename the folder to ${name}`,
  });
}

function readBranches(
  context: BranchContext,
  written: { readonly [branch: string]: unknown } | undefined,
): [Branch, Omit<BranchPlan, 'hash'>][] {
  const { report } = context;
  const branches: [Branch, Omit<BranchPlan, 'hash'>][] = [];
  if (written === undefined) return branches;
  for (const name of Object.keys(written)) {
    const branch = BRANCHES.find((known) => known === name);
    if (branch === undefined) {
      report.add(['branches', name], unknownKey(name, BRANCHES), 'key');
      continue;
    }
    const read = readBranch(context, written[branch], ['branches', branch]);
    if (read) branches.push([branch, read]);
  }
  if (!BRANCHES.some((branch) => Object.hasOwn(written, branch))) {
    const expected = `at least one of ${BRANCHES.join(', ')}`;
    report.add(['branches'], { code: 'missing_branch', message: 'there is no branch', expected });
  }
  return branches;
}
