export { WeirError, toFailure } from './errors/weir-error.js';
export type { Failure } from './errors/weir-error.js';
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
export type { TransformType, TransformContext, TransformResult } from './ports/transform.js';
