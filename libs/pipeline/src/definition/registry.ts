import type { SinkType } from '../ports/sink.js';
import type { SourceType } from '../ports/source.js';
import type { TransformType } from '../ports/transform.js';

/** The kinds of sources, transforms and sinks that a definition may name. */
export interface Registry {
  readonly sources: readonly SourceType[];
  readonly transforms: readonly TransformType[];
  readonly sinks: readonly SinkType[];
}
