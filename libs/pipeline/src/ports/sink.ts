import type { RecordSchema } from '@weir/record';
import type { ZodType } from 'zod';

/** A kind of sink, as far as a definition needs it: which records it keeps, and its own keys of `sink:`. */
export interface SinkType {
  readonly type: string;
  readonly schema: RecordSchema;
  /** Keys this kind adds to `sink:` next to `type`; every object in it is strict. */
  readonly options: ZodType;
}
