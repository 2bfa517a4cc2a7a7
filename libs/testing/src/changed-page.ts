import { readFile } from 'node:fs/promises';
import { covid } from './sample-reading.js';

/** Of the page's columns, its region first. */
const DETECTED = 3;

/**
 * The sample's page with so many more cases of a region, and of the whole country, to which the regions add up: what a
 * publisher's correction looks like.
 * @returns HTML.
 */
export async function changedPage(region: string, more: number): Promise<string> {
  const html = await readFile(new URL('sample/page.html', covid), 'utf8');
  const rows = html.split('<tr>').map((row) => {
    const cells = row.split('<td>');
    const name = (cells[1] ?? '').replace(/<[^>]*>/g, '').trim();
    if (name !== region && name !== 'Whole country') return row;
    const changed = (cells[DETECTED + 1] ?? '').replace(
      /\d[\d\s&nbsp;]*/,
      (text) => `${Number(text.replace(/\D/g, '')) + more} `,
    );
    return cells.map((cell, at) => (at === DETECTED + 1 ? changed : cell)).join('<td>');
  });
  return rows.join('<tr>');
}
