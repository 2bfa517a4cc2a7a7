import { canonicalHash } from './canonical-hash.js';
import { checkKind, checkMapping, isMapping } from './check.js';
import type { Dictionaries } from './dictionary.js';
import { readMapping } from './mapping.js';
import { sharedSchema } from './source.schema.js';
import type { BranchPlan, Plan, SourcePlan, TransformStep } from './plan.js';
import type { Path } from './positions.js';
import type { Registry } from './registry.js';
import type { Report } from './report.js';
import { branchSchema } from './definition.schema.js';

/** What a branch is checked against. */
export interface BranchContext {
  readonly report: Report;
  readonly registry: Registry;
  /** Null where the sink is not known. */
  readonly schema: Plan['schema'] | null;
  readonly dictionaries: Dictionaries;
  /** The steps of a branch that has none of its own. */
  readonly steps: readonly TransformStep[];
}

const SHARED_KEYS = Object.keys(sharedSchema.shape);
/** Options that say where a source is: another place for the same data is no other plan. */
const LOCATION_KEYS = ['paths', 'url'];

/** Checks a branch. What it returns means something only where nothing was reported. */
export function readBranch(context: BranchContext, written: unknown, path: Path): Omit<BranchPlan, 'hash'> | null {
  const { source, transforms } = checkMapping(context.report, branchSchema, written, path);
  const steps = transforms
    ? readSteps(context.report, context.registry, transforms, [...path, 'transforms'])
    : context.steps;
  return source ? { source: readSource(context, source, [...path, 'source']), transforms: steps } : null;
}

export function readSteps(
  report: Report,
  registry: Registry,
  steps: readonly unknown[],
  path: Path,
): readonly TransformStep[] {
  return steps.flatMap((step, index) => {
    const checked = checkKind(report, 'transform', registry.transforms, step, [...path, index]);
    return checked ? [{ type: checked.kind.type, options: checked.options }] : [];
  });
}

function readSource(context: BranchContext, written: { readonly [key: string]: unknown }, path: Path): SourcePlan {
  const { report, registry } = context;
  const checked = checkKind(report, 'source', registry.sources, written, path, SHARED_KEYS);
  const own = Object.fromEntries(Object.entries(written).filter(([key]) => SHARED_KEYS.includes(key)));
  const shared = checkMapping(report, sharedSchema, own, path);
  const mapping = readMapping({ ...context, path }, shared, own);
  const { timeout = 0, max_size: maxBytes = 0, retries = 0 } = shared.fetch ?? {};
  return {
    type: checked?.kind.type ?? '',
    options: checked?.options,
    mapping,
    fetch: { timeoutMs: timeout, maxBytes, retries },
  };
}

/** The hash of what decides a branch's figures (see BranchPlan.hash). */
export function hashBranch(plan: Pick<Plan, 'dataset' | 'schema' | 'sink'>, branch: Omit<BranchPlan, 'hash'>): string {
  const { dataset, schema, sink } = plan;
  const { type, options, mapping } = branch.source;
  const columns = Object.entries(mapping.columns).map(([field, column]) => [
    field,
    // What a dictionary is called decides nothing.
    { ...column, dictionary: column.dictionary?.entries ?? null },
  ]);
  return canonicalHash({
    dataset,
    schema,
    source: {
      type,
      options: withoutLocation(options),
      mapping: { ...mapping, columns: Object.fromEntries(columns) as unknown },
    },
    transforms: branch.transforms,
    sink,
  });
}

function withoutLocation(options: unknown): unknown {
  if (!isMapping(options)) return options;
  return Object.fromEntries(Object.entries(options).filter(([key]) => !LOCATION_KEYS.includes(key)));
}
