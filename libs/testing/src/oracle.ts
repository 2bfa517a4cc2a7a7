/** Which row: of one dataset, one region, one day; of one revision too, where a test looks at revisions. */
export interface RowId {
  readonly dataset: string;
  readonly region: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly revision?: number;
}

/** A row with what a reader sees in it, all of it or what a test is about. Without figures only its id is compared. */
export interface FoundRow extends RowId {
  readonly figures?: { readonly [name: string]: number | string | null };
}

export interface Evidence {
  /** What was sent on its way, each row once, with the figures that readers should see in the end. */
  readonly produced: Iterable<FoundRow> | AsyncIterable<FoundRow>;
  /** All that readers can read, as the API or the view `incidence` gives it. */
  readonly readable: Iterable<FoundRow> | AsyncIterable<FoundRow>;
  /** What the sink refused; null: a letter that does not say which row it is. A row may have several letters. */
  readonly deadLetters?: Iterable<RowId | null> | AsyncIterable<RowId | null>;
}

/** Rows with which something is wrong: how many, and the first few as text. */
export interface Finding {
  readonly count: number;
  readonly first: readonly string[];
}

export interface Verdict {
  readonly produced: number;
  /** Different rows. */
  readonly readable: number;
  /** Different rows. */
  readonly dead_letters: number;
  /** Rows both readable and among the dead letters: replayed, because a topic cannot forget. */
  readonly both: number;
  /** Produced, but neither readable nor a dead letter. */
  readonly missing: Finding;
  /** Readable more than once. */
  readonly doubled: Finding;
  /** Readable or a dead letter, but never produced. */
  readonly unexpected: Finding;
  /** Readable with other figures than were produced. */
  readonly wrong: Finding;
}

const FAULTS = ['missing', 'doubled', 'unexpected', 'wrong'] as const;
const SHOWN = 5;
const [READ, LETTER] = [1, 2];

interface Expected {
  readonly figures: string | undefined;
  found: number;
}

/**
 * The oracle of every fault test: produced rows = rows readable ∪ dead letters. Nothing lost, nothing twice, nothing
 * unexpected, no figure changed. All it keeps are the produced rows (about 200 bytes each); what is found streams by.
 * @throws RangeError where the same row is produced twice: then it is the test that is wrong.
 */
export async function judge({ produced, readable, deadLetters = [] }: Evidence): Promise<Verdict> {
  const expected = new ExpectedRows();
  for await (const row of produced) expected.add(row);
  const [doubled, unexpected, wrong, missing] = [new Findings(), new Findings(), new Findings(), new Findings()];
  const count = { readable: 0, dead_letters: 0, both: 0 };

  for await (const row of readable) {
    const known = expected.find(row);
    if (known === undefined) {
      unexpected.add(() => `readable: ${textOf(row)}`);
    } else if ((known.found & READ) !== 0) {
      doubled.add(() => textOf(row));
    } else {
      known.found |= READ;
      count.readable += 1;
      const found = figuresOf(row);
      if (known.figures !== undefined && found !== known.figures)
        wrong.add(() => `${textOf(row)}: produced ${known.figures}, readable ${found ?? 'without figures'}`);
    }
  }
  for await (const letter of deadLetters) {
    const known = letter === null ? undefined : expected.find(letter);
    if (known === undefined) {
      unexpected.add(() => `dead letter: ${letter === null ? 'of no row that can be read' : textOf(letter)}`);
    } else if ((known.found & LETTER) === 0) {
      if ((known.found & READ) !== 0) count.both += 1;
      known.found |= LETTER;
      count.dead_letters += 1;
    }
  }
  for (const row of expected.neverFound()) missing.add(() => textOf(row));
  return { produced: expected.size, ...count, missing, doubled, unexpected, wrong };
}

/**
 * The same, for specs.
 * @throws Error that says what is missing, doubled, unexpected or wrong, with the counts and the first of each.
 */
export async function expectNothingLostOrDoubled(evidence: Evidence): Promise<Verdict> {
  const verdict = await judge(evidence);
  const faults = FAULTS.filter((fault) => verdict[fault].count > 0);
  if (faults.length === 0) return verdict;
  const told = faults.map((fault) => {
    const { count, first } = verdict[fault];
    const rest = count > first.length ? [`… ${count - first.length} more`] : [];
    return [`${count} ${fault}:`, ...[...first, ...rest].map((line) => `  ${line}`)].join('\n');
  });
  const { produced, readable, dead_letters: letters, both } = verdict;
  throw new Error(
    `Of ${produced} rows produced ${readable} are readable and ${letters} dead letters (${both} are both).\n${told.join('\n')}`,
  );
}

/** Rows by series and day, so that a million of them share their names. */
class ExpectedRows {
  size = 0;
  private readonly series = new Map<string, { readonly like: RowId; readonly days: Map<string, Expected> }>();
  /** Are rows told apart by their revision? Decided by the first. */
  private byRevision: boolean | undefined;

  add(row: FoundRow): void {
    this.byRevision ??= row.revision !== undefined;
    if (this.byRevision !== (row.revision !== undefined))
      throw new RangeError(`some rows are produced with a revision and some without, such as ${textOf(row)}`);
    const key = this.seriesOf(row);
    let series = this.series.get(key);
    if (series === undefined) {
      const { dataset, region, revision } = row;
      series = {
        like: { dataset, region, date: '', ...(revision === undefined ? {} : { revision }) },
        days: new Map(),
      };
      this.series.set(key, series);
    }
    if (series.days.has(row.date)) throw new RangeError(`produced twice: ${textOf(row)}`);
    series.days.set(row.date, { figures: figuresOf(row), found: 0 });
    this.size += 1;
  }

  find(row: RowId): Expected | undefined {
    return this.series.get(this.seriesOf(row))?.days.get(row.date);
  }

  *neverFound(): Generator<RowId> {
    for (const { like, days } of this.series.values()) {
      for (const [date, { found }] of days) if (found === 0) yield { ...like, date };
    }
  }

  private seriesOf({ dataset, region, revision }: RowId): string {
    return this.byRevision === true ? `${dataset}\n${region}\n${revision}` : `${dataset}\n${region}`;
  }
}

class Findings implements Finding {
  count = 0;
  readonly first: string[] = [];

  add(text: () => string): void {
    if (this.count < SHOWN) this.first.push(text());
    this.count += 1;
  }
}

function figuresOf({ figures }: FoundRow): string | undefined {
  if (figures === undefined) return undefined;
  const named = Object.entries(figures).sort(([one], [other]) => (one < other ? -1 : 1));
  return named.map(([metric, value]) => `${metric}=${value}`).join(' ');
}

function textOf({ dataset, region, date, revision }: RowId): string {
  return `${dataset} ${region} ${date}${revision === undefined ? '' : ` revision ${revision}`}`;
}
