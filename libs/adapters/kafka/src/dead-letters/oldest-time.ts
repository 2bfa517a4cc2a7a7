/** Whether a partition has a record from before a time, in milliseconds since 1970. */
export type HasBefore = (time: number) => Promise<boolean>;

/**
 * Finds when the oldest record of a partition is from, where times rise with the offsets. Kafka only tells which record is
 * the first since a time, and to read the record takes a consumer group; so the time is found by halving, in some thirty
 * questions, and as long as two questions confirm what was found, it is not searched for again.
 */
export class OldestTime {
  /** Seconds since 1970, by partition. */
  private readonly found = new Map<number, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** @returns seconds since 1970, rounded down. */
  async of(partition: number, hasBefore: HasBefore): Promise<number> {
    const has = (second: number) => hasBefore(second * 1000);
    const known = this.found.get(partition);
    if (known !== undefined && (await has(known + 1)) && !(await has(known))) return known;
    let [early, late] = [0, Math.ceil(this.now() / 1000) + 1];
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (await has(middle)) late = middle;
      else early = middle;
    }
    this.found.set(partition, early);
    return early;
  }
}
