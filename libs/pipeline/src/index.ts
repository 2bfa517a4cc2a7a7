export { WeirError, toFailure } from './errors/weir-error.js';
export type { Failure } from './errors/weir-error.js';
export { invalidCursor, invalidField } from './errors/invalid-field.js';
export type { Problem } from './definition/problem.js';
export type {
  Plan,
  Branch,
  BranchPlan,
  SourcePlan,
  SinkPlan,
  SchedulePlan,
  Mapping,
  ColumnMapping,
  Dictionary,
  FigureFormat,
  TransformStep,
} from './definition/plan.js';
export { identifier, literal } from './ports/workspace.js';
export { nameOfUrl } from './ports/source-name.js';
export type { Workspace, Bindable } from './ports/workspace.js';
export type {
  SourceType,
  SourceItem,
  LandedItem,
  RawExtraction,
  Warning,
  Fetcher,
  FetchedItem,
  FetchLimits,
} from './ports/source.js';
export { basisOf, filledBit, filledNames, NOTHING_FILLED } from './ports/transform.js';
export type { TransformType, TransformContext, TransformResult } from './ports/transform.js';
export type { RevisionStore, RowPlace, Commit, Selection } from './ports/revision-store.js';
export { noDeadLetters, wasReplayed } from './ports/dead-letters.js';
export type { DeadLetter, DeadLetterPage, DeadLetterQueue, RefusedRows } from './ports/dead-letters.js';
export { letterIdPattern } from './ports/letter-id.js';
export type { RecordStream, RecordChunk } from './ports/record-stream.js';
export { extractRecords, sourceTypeOf, type ExtractedRecords } from './execution/extract-records.js';
export { mapRecords, type MappedRecords } from './execution/map-records.js';
export { transformRecords, type TransformedRecords } from './execution/transform-records.js';
export { validateRecords } from './execution/validate-records.js';
export { compareRecords, countChanges } from './execution/compare-records.js';
export { inOrder } from './execution/in-order.js';
export type { SinkType } from './ports/sink.js';
export type { Registry } from './definition/registry.js';
export type { Variables } from './definition/variables.js';
export { readDefinition, checkDefinition, type Reading } from './definition/read-definition.js';
export { findDefinitions } from './definition/find-definitions.js';
export { renderProblems } from './definition/render-problems.js';
export { definitionJsonSchema } from './definition/json-schema.js';
export { foldSpaces } from './definition/fold-spaces.js';
