/** The answer of a command: JSON for programs, else text for people. */
export function print(json: boolean | undefined, value: unknown, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`);
}

/** `2026-11-20 23:14:05` from ISO 8601; a dash where there is none. */
export function time(iso: string | null): string {
  return iso === null ? '-' : iso.slice(0, 19).replace('T', ' ');
}

/** `1.4 s` between two times; a dash where one is missing. */
export function duration(from: string | null, to: string | null): string {
  return from === null || to === null ? '-' : `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s`;
}
