interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names allowed instead of numbers; the first stands for `min`. */
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * What is wrong with a cron expression of five fields (minute, hour, day of month, month, day of week), or null.
 * Lists, ranges, steps (`10-50/10`) and names of months and days are understood; seconds, `@daily`, `L` and `#` are not.
 */
export function cronMistake(text: string): string | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return `has ${parts.length} field${parts.length === 1 ? '' : 's'} instead of 5`;
  const chosen: number[][] = [];
  for (const [index, field] of FIELDS.entries()) {
    const values = fieldValues(parts[index]!, field);
    if (typeof values === 'string') return values;
    chosen.push(values);
  }
  const [, , days, months] = chosen as [number[], number[], number[], number[], number[]];
  const comes = parts[4] !== '*' || months.some((month) => days.some((day) => day <= LONGEST_MONTH[month - 1]!));
  return comes ? null : 'names a day that no month has';
}

function fieldValues(text: string, field: CronField): number[] | string {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const [range = '', step, ...rest] = part.split('/');
    if (rest.length > 0) return `has ${JSON.stringify(part)} as ${field.name}`;
    const bounds = range === '*' ? [field.min, field.max] : range.split('-').map((bound) => numberOf(bound, field));
    const [from, to = from] = bounds;
    if (bounds.length > 2 || from === undefined || to === undefined || Number.isNaN(from + to)) {
      return `has ${JSON.stringify(part)} as ${field.name}, which goes from ${field.min} to ${field.max}`;
    }
    if (from > to) return `has the range ${range} as ${field.name}, which runs backwards`;
    if (step !== undefined && (!/^\d+$/.test(step) || Number(step) < 1 || (bounds.length === 1 && range !== '*'))) {
      return `has ${JSON.stringify(part)} as ${field.name}: a step follows * or a range and is 1 or more`;
    }
    for (let value = from; value <= to; value += Number(step ?? 1)) values.push(value);
  }
  return values;
}

function numberOf(text: string, field: CronField): number {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return field.min + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= field.min && value <= field.max ? value : NaN;
}
