import type { DeadLetter } from '@weir/pipeline';
import { publicText } from '../public/public-text.js';

/** A dead letter with what became of it. */
export interface DeadLetterView extends Omit<DeadLetter, 'id'> {
  readonly letter_id: string;
  /** ISO 8601, UTC: when it was last published once more; null while it waits for somebody to do so. */
  readonly replayed_at: string | null;
}

/** For readers of the API: bounded, and the sink's words without paths and secrets. */
export interface PublicDeadLetter extends DeadLetterView {
  /** Characters of the whole value, of which `value` has the first 4,000; null where there is no value. */
  readonly value_length: number | null;
}

const VALUE_SHOWN = 4_000;
const REASON_SHOWN = 2_000;

export function deadLetterView({ id, ...letter }: DeadLetter, replayed_at: string | null): DeadLetterView {
  return { letter_id: id, ...letter, replayed_at };
}

/**
 * The value is a row on its way to where the holders of `data` read it, and the holders of `pipelines` see rejected rows
 * likewise: it is shown. What the sink said may name its own files and addresses, and loses them.
 */
export function publicDeadLetter(view: DeadLetterView): PublicDeadLetter {
  const { value, reason } = view;
  return {
    ...view,
    reason: publicText(reason.slice(0, REASON_SHOWN)),
    value: value?.slice(0, VALUE_SHOWN) ?? null,
    value_length: value?.length ?? null,
  };
}
