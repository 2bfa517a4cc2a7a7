/**
 * The candidate that was probably meant by `word`, or null where none is near: one slip of the keyboard in a short word,
 * two in a longer one. Case and `-` for `_` cost nothing.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const limit = word.length <= 4 ? 1 : 2;
  let best: string | null = null;
  let bestDistance = Math.min(limit, word.length - 1) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = slips(folded(word), folded(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const near = nearest(word, candidates);
  return near === null ? null : `did you mean ${near}?`;
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll('-', '_');
}

/** Damerau-Levenshtein distance (optimal string alignment): a character added, left out, changed, or two swapped. */
function slips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, beforeLast[j - 2]! + 1);
      }
      row.push(distance);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
