import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { kinds } from '@weir/catalogue';
import { findDefinitions, readDefinition, renderProblems, WeirError, type Problem } from '@weir/pipeline';
import { projectConfig } from '../project.js';
import { print } from '../terminal/output.js';

export function checkCommand(): Command {
  return new Command('check')
    .description(
      'checks pipeline files: every mistake at once, with file, line, column and a hint; exit status 1 if there is one',
    )
    .argument('[path...]', 'files, or folders with pipelines in them; all pipelines of the project if none is given')
    .option('--json', 'for programs: {"files": [...], "problems": [...]}')
    .action(async (paths: string[], { json }: { json?: boolean }) => {
      const config = projectConfig();
      const files =
        paths.length > 0
          ? (await Promise.all(paths.map(definitionsAt))).flat()
          : await findDefinitions(config.pipelines);
      if (files.length === 0)
        throw new WeirError('no_pipelines', `there is no pipeline.yaml in ${paths.join(', ') || config.pipelines}`);
      const names = files.map((file) => relative(process.cwd(), file) || file);
      const readings = await Promise.all(names.map((name) => readDefinition(name, kinds, config.variable)));
      const problems = readings.flatMap((reading) => reading.problems);
      const text = await textFor(names, problems);
      print(json, { files: names, problems }, () => text);
      process.exitCode = problems.length === 0 ? 0 : 1;
    });
}

/** A file itself; a pipeline's folder's file; or those of the folders in a folder. */
async function definitionsAt(path: string): Promise<string[]> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => null);
  if (!found) throw new WeirError('no_such_path', `${path}: there is no such file or folder`);
  if (!found.isDirectory()) return [absolute];
  const own = join(absolute, 'pipeline.yaml');
  if (await stat(own).catch(() => null)) return [own];
  return findDefinitions(absolute);
}

async function textFor(names: readonly string[], problems: readonly Problem[]): Promise<string> {
  if (problems.length === 0) return names.map((name) => `${name}: ok`).join('\n');
  const files = [...new Set(problems.map(({ file }) => file))];
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(file, 'utf8').catch(() => '')] as const),
  );
  const shown = renderProblems(problems, new Map(texts), process.stdout.isTTY);
  return `${shown}\n\n${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'} in ${files.length} of ${names.length} files`;
}
