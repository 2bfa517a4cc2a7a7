import { WeirError } from '@weir/pipeline';

/** @throws WeirError `source_too_large` where `bytes`, those announced or those that came so far, pass the limit. */
export function checkSize(bytes: number, maxBytes: number, name: string, how: 'has' | 'announces' | 'sent'): void {
  if (bytes <= maxBytes) return;
  throw new WeirError(
    'source_too_large',
    `${name} ${how} ${bytes} bytes, and the limit is ${maxBytes}. Raise the limit in the pipeline's \`fetch\` if this is right.`,
    { details: { bytes, max_bytes: maxBytes } },
  );
}
