/** The two rules once more, as one would write them down with arrays and loops: what the SQL is held against. */

export interface Figures {
  readonly region: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly cases: number | null;
  readonly deaths: number | null;
}

export interface StoredFigures extends Figures {
  readonly basis: 'reported' | 'spread';
  readonly filled: readonly string[];
}

export const METRICS = ['cases', 'deaths'] as const;

export type Cut = number | 'all' | 'none';

export interface Rule {
  readonly cuts: { readonly [region: string]: Cut };
  readonly span: 'week' | 'since_previous';
  readonly zeros: 'ignore' | 'keep';
}

export interface Spread {
  readonly rows: StoredFigures[];
  /** The days of rejected weeks, as `region day`. */
  readonly rejected: string[];
}

/** @returns null where weeks overlap. */
export function spreadReference(input: readonly Figures[], { cuts, span, zeros }: Rule): Spread | null {
  const rows: StoredFigures[] = [];
  const rejected: string[] = [];
  for (const region of new Set(input.map((row) => row.region))) {
    const cut = cuts[region] ?? 'none';
    const lastDaily = cut === 'none' ? Infinity : cut === 'all' ? -Infinity : cut;
    const series = input.filter((row) => row.region === region).sort((a, b) => a.day - b.day);
    const daily = series.filter((row) => row.day <= lastDaily);
    const sums = series
      .filter((row) => row.day > lastDaily)
      .filter((row, at, all) => !isFiller(row, at, all, span, zeros));
    const output = new Map<number, StoredFigures>(
      daily.map((row) => [row.day, { ...row, basis: 'reported', filled: [] }] as const),
    );
    let previous: number | undefined = daily.at(-1)?.day;
    let covered = -Infinity;
    for (const sum of sums) {
      const first = span === 'week' || previous === undefined ? sum.day - 6 : previous + 1;
      previous = sum.day;
      if (span === 'week' && first <= covered) return null;
      covered = sum.day;
      const shares = sharesOf(sum, first, span === 'week' ? daily.filter((row) => row.day >= first) : []);
      if (shares === null) rejected.push(`${region} ${sum.day}`);
      else for (const row of shares) output.set(row.day, row);
    }
    rows.push(...output.values());
  }
  return { rows, rejected };
}

function isFiller(
  row: Figures,
  at: number,
  all: readonly Figures[],
  span: Rule['span'],
  zeros: Rule['zeros'],
): boolean {
  const figures = METRICS.map((metric) => row[metric]).filter((figure) => figure !== null);
  if (zeros === 'keep' || figures.length === 0 || figures.some((figure) => figure !== 0)) return false;
  if (span === 'since_previous') return true;
  const [before, after] = [all[at - 1], all[at + 1]];
  return (before !== undefined && row.day - before.day < 7) || (after !== undefined && after.day - row.day < 7);
}

/** The days of a sum; null where the reported ones add up to more than it. */
function sharesOf(sum: Figures, first: number, reported: readonly Figures[]): StoredFigures[] | null {
  const days = Array.from({ length: sum.day - first + 1 }, (_, index) => first + index);
  const share: { [metric: string]: number | null } = {};
  for (const metric of METRICS) {
    const given = reported.map((row) => row[metric]).filter((figure) => figure !== null);
    const week = sum[metric];
    if (week === null) {
      share[metric] = null;
      continue;
    }
    const rest = week - given.reduce((total, figure) => total + figure, 0);
    if (given.length > 0 && rest < 0) return null;
    share[metric] = rest / (days.length - given.length);
  }
  return days.map((day) => {
    const own = reported.find((row) => row.day === day);
    const figures = { cases: own?.cases ?? share.cases ?? null, deaths: own?.deaths ?? share.deaths ?? null };
    const untouched = own !== undefined && METRICS.every((metric) => own[metric] !== null || share[metric] === null);
    return { region: sum.region, day, ...figures, basis: untouched ? 'reported' : 'spread', filled: [] };
  });
}

export function fillReference(rows: readonly StoredFigures[], stored: readonly Figures[] = []): StoredFigures[] {
  const filled: StoredFigures[] = [];
  for (const region of new Set(rows.map((row) => row.region))) {
    const series = rows.filter((row) => row.region === region).sort((a, b) => a.day - b.day);
    const last: { [metric: string]: number | null } = {};
    const before = stored.filter((row) => row.region === region && row.day < (series[0]?.day ?? 0));
    for (const row of before.sort((a, b) => a.day - b.day)) {
      for (const metric of METRICS) last[metric] = row[metric] ?? last[metric] ?? null;
    }
    for (const row of series) {
      const carried = METRICS.filter((metric) => row[metric] === null && typeof last[metric] === 'number');
      for (const metric of METRICS) last[metric] = row[metric] ?? last[metric] ?? null;
      filled.push({
        ...row,
        cases: last.cases ?? null,
        deaths: last.deaths ?? null,
        filled: [...row.filled, ...carried],
      });
    }
  }
  return filled;
}
