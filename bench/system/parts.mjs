import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a program that prints JSON as its last line, in a process of its own: for what there is one of in a process, and for
 * a peak of memory that is its own.
 */
export async function measure(program, words) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${words[0]} ended with ${status}`);
  return JSON.parse(said.trim().split('\n').at(-1));
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A table for a terminal and for Markdown alike. @param rows of cells; the first row is the head. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}

/** A number with groups of three digits, to three places that count. */
export function round(number) {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(number) || 1)) - 2);
  return (Math.round(number / scale) * scale).toLocaleString('en-US');
}
