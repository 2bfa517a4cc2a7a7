/** How much a number that never falls has grown in the last minutes, as far as it was looked at. */
export class RecentGrowth {
  private readonly seen: { readonly at: number; readonly value: number }[] = [];

  constructor(
    /** Milliseconds. */
    private readonly span: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns growth since the value at the beginning of the span, or since the first look. */
  look(value: number): number {
    const at = this.now();
    // A topic that was made anew counts from nought again.
    if (value < (this.seen.at(-1)?.value ?? 0)) this.seen.length = 0;
    this.seen.push({ at, value });
    // One from before the span stays: what the value was when the span began.
    while ((this.seen[1]?.at ?? Infinity) <= at - this.span) this.seen.shift();
    return value - (this.seen[0]?.value ?? value);
  }
}
