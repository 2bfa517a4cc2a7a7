import type { RecordSchema } from '@weir/record';
import type { SourcePlan } from '../definition/plan.js';
import type { LandedItem, SourceType, Warning } from '../ports/source.js';
import type { Workspace } from '../ports/workspace.js';
import { WeirError } from '../errors/weir-error.js';
import { mapRecords } from './map-records.js';

export interface ExtractedRecords {
  readonly relation: string;
  readonly rejects: string;
  readonly warnings: readonly Warning[];
  /** Gives back the memory that `relation` takes, after it was read for the last time. */
  readonly free: () => Promise<void>;
}

/** Landed bytes → records: the source's adapter yields text, the column mapping makes records of it. */
export async function extractRecords(
  source: SourcePlan,
  type: SourceType,
  items: readonly LandedItem[],
  schema: RecordSchema,
  workspace: Workspace,
): Promise<ExtractedRecords> {
  const raw = await type.read(source.options, items, wantedColumns(source), workspace);
  const mapped = await mapRecords(raw, source.mapping, schema, workspace);
  return { ...mapped, warnings: [...raw.warnings, ...mapped.warnings] };
}

/** The source's own columns that the mapping reads. */
function wantedColumns({ mapping }: SourcePlan): string[] {
  const columns = [
    ...Object.values(mapping.columns).map((column) => column.from),
    ...mapping.ignore.map(({ column }) => column),
    mapping.total?.column,
  ];
  return [...new Set(columns.filter((column) => column !== null && column !== undefined))];
}

/** The adapter for a plan's source, out of those that this program has. */
export function sourceTypeOf(type: string, known: readonly SourceType[]): SourceType {
  const found = known.find((candidate) => candidate.type === type);
  if (!found)
    throw new WeirError(
      'unknown_source',
      `no source of type ${type}; there are ${known.map((k) => k.type).join(', ')}`,
    );
  return found;
}
