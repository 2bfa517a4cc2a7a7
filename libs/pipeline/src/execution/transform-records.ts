import { WeirError } from '../errors/weir-error.js';
import type { TransformStep } from '../definition/plan.js';
import type { Warning } from '../ports/source.js';
import type { TransformContext, TransformType } from '../ports/transform.js';

export interface TransformedRecords {
  readonly relation: string;
  /** Relations of rejected rows, one per step that has any to give. */
  readonly rejects: readonly string[];
  readonly warnings: readonly Warning[];
  /** What each step handed on, in order: what a preview shows. */
  readonly steps: readonly { readonly type: string; readonly relation: string }[];
}

/** Applies a branch's transforms one after the other. */
export async function transformRecords(
  input: string,
  steps: readonly TransformStep[],
  known: readonly TransformType[],
  context: TransformContext,
): Promise<TransformedRecords> {
  let relation = input;
  const rejects: string[] = [];
  const warnings: Warning[] = [];
  const passed: { type: string; relation: string }[] = [];
  for (const step of steps) {
    const type = known.find((candidate) => candidate.type === step.type);
    if (!type) {
      throw new WeirError(
        'unknown_transform',
        `no transform of type ${step.type}; there are ${known.map((candidate) => candidate.type).join(', ')}`,
      );
    }
    const result = await type.apply(relation, step.options, context);
    relation = result.relation;
    if (result.rejects) rejects.push(result.rejects);
    warnings.push(...(result.warnings ?? []));
    passed.push({ type: step.type, relation });
  }
  return { relation, rejects, warnings, steps: passed };
}
