/** An entity tag in a list; what stands in its quotes may hold commas. */
const entityTag = /(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/**
 * Whether an If-None-Match header says that its sender has the answer with this tag (given without quotes): RFC 9110,
 * 13.1.2, weak comparison.
 */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return [...ifNoneMatch.matchAll(entityTag)].some(([, known]) => known === tag);
}
