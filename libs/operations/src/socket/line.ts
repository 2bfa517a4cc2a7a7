import type { Failure } from '@weir/pipeline';
import type { Progress } from '@weir/orchestration';

/** A line of an operation's answer. */
export type Line = { readonly progress: Progress } | { readonly result: unknown } | { readonly failure: Failure };
