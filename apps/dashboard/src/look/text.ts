/** How the page writes numbers and times. Times are UTC, as everywhere in Weir. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** A figure; a share of a week has decimals. No figure is a dash. */
export function figure(value: number | null): string {
  return value === null ? '–' : exact.format(value);
}

export function count(value: number): string {
  return whole.format(value);
}

/** For axes: `12K`. */
export function brief(value: number): string {
  return short.format(value);
}

/** A share more or less: `+25%`. */
export function change(share: number): string {
  return percent.format(share);
}

export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, size < 1000 ? 0 : Math.floor(Math.log10(size) / 3));
  return `${(size / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** `2026-11-28 15:23:41`. */
export function time(iso: string | null): string {
  return iso === null ? '–' : iso.slice(0, 19).replace('T', ' ');
}

/** `3 May 2023`, of a day. */
export function dayInWords(day: string): string {
  return new Date(day).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** Of a state: `the end of 3 May 2023`, or `2023-05-03 12:30:00 UTC`. */
export function momentInWords(moment: string): string {
  return moment.includes('T') ? `${time(moment)} UTC` : `the end of ${dayInWords(moment)}`;
}

export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Seconds between two times; to now where there is no end, null where there is no beginning. */
export function secondsBetween(start: string | null, end: string | null, now = Date.now()): number | null {
  if (start === null) return null;
  return Math.max(0, ((end === null ? now : Date.parse(end)) - Date.parse(start)) / 1000);
}

/** `in 3 minutes`, `2 hours ago`. */
export function fromNow(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= each) ?? (['second', 1] as const);
  return relative.format(Math.round(seconds / length), unit);
}

/** `nothing_new` → `nothing new`. */
export function words(code: string): string {
  return code.replaceAll('_', ' ');
}
