import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { covid } from '@weir/testing';
import { data } from '../stack-under-test.js';

/** Of the page's columns, its region first. */
const DETECTED = 3;

/**
 * Writes the sample's page anew where the stack reads it, with so many more cases of a region, and of the whole country,
 * to which the regions add up.
 */
export async function writePage(region: string, more: number): Promise<void> {
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
  await writeFile(join(data, 'page.html'), rows.join('<tr>'));
}
