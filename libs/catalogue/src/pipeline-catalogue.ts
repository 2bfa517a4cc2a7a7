import { join } from 'node:path';
import { findDefinitions, readDefinition, WeirError, type Plan, type Problem, type Variables } from '@weir/pipeline';
import { kinds } from './kinds.js';

/** A pipeline of the folder: its plan, or what is wrong with its file. */
export interface CatalogueEntry {
  readonly name: string;
  readonly file: string;
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}

/** The pipelines of a folder, read anew at each call: a changed file counts at once. */
export class PipelineCatalogue {
  constructor(
    private readonly folder: string,
    private readonly variables: Variables,
  ) {}

  async all(): Promise<CatalogueEntry[]> {
    const files = await findDefinitions(this.folder);
    return Promise.all(files.map((file) => this.read(file)));
  }

  /** @throws WeirError `unknown_pipeline` naming those there are; `invalid_pipeline` with the first of its mistakes. */
  async plan(name: string): Promise<Plan> {
    const names = (await findDefinitions(this.folder)).map(folderName);
    if (!names.includes(name)) {
      throw new WeirError('unknown_pipeline', `there is no pipeline ${name}; there are ${names.join(', ') || 'none'}`);
    }
    const { plan, problems } = await this.read(join(this.folder, name, 'pipeline.yaml'));
    if (plan) return plan;
    const first = problems[0];
    throw new WeirError(
      'invalid_pipeline',
      `${name}/pipeline.yaml:${first?.line}:${first?.column}: ${first?.message}; expected ${first?.expected}` +
        `${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}. \`npx weir check\` shows all.`,
      { details: { problems } },
    );
  }

  private async read(file: string): Promise<CatalogueEntry> {
    const { plan, problems } = await readDefinition(file, kinds, this.variables);
    return { name: folderName(file), file, plan, problems };
  }
}

function folderName(file: string): string {
  return file.split(/[\\/]/).at(-2) ?? file;
}
