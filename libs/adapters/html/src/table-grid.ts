import type { Page } from './page.js';
import { isHidden, textOf, type Element } from './text.js';

/** A cell; the same object stands at every position that it spans. Its text is '' where it is blank. */
export interface Cell {
  readonly text: string;
}

export interface GridRow {
  /** From 1, counting every row of the table, hidden ones too. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** A cell that reaches down into the rows below it. */
interface Overhang {
  readonly cell: Cell;
  readonly lastRow: number;
}

// As in the HTML standard: a cell spans no more than this, whatever it says.
const MAX_COLSPAN = 1000;
const MAX_ROWSPAN = 65_534;

/** The rows of a table, not those of tables inside it, with cells that span columns or rows repeated. */
export function gridOf(page: Page, table: Element, rows: 'all' | 'visible'): GridRow[] {
  let number = 0;
  return page
    .$(table)
    .children('thead, tbody, tfoot')
    .toArray()
    .flatMap((section) => {
      const elements = page
        .$(section)
        .children('tr')
        .toArray()
        .map((element) => ({ element, number: (number += 1) }))
        .filter(({ element }) => rows === 'all' || !(isHidden(section) || isHidden(element)));
      return layOut(page, elements);
    });
}

/** Rows that belong together: no cell reaches beyond them. */
function layOut(page: Page, rows: readonly { element: Element; number: number }[]): GridRow[] {
  const overhangs: (Overhang | undefined)[] = [];
  return rows.map(({ element, number }, index) => {
    const cells: Cell[] = [];
    const takeFromAbove = (): void => {
      for (let above = overhangs[cells.length]; above && above.lastRow >= index; above = overhangs[cells.length]) {
        cells.push(above.cell);
      }
    };
    for (const td of page.$(element).children('td, th').toArray()) {
      takeFromAbove();
      const cell: Cell = { text: textOf(td) };
      const lastRow = index + span(td, 'rowspan', MAX_ROWSPAN, rows.length) - 1;
      for (let column = span(td, 'colspan', MAX_COLSPAN, 1); column > 0; column -= 1) {
        if (lastRow > index) overhangs[cells.length] = { cell, lastRow };
        cells.push(cell);
      }
    }
    takeFromAbove();
    return { number, cells };
  });
}

/** @param ofZero what 0 means: for rows, all that are left */
function span(cell: Element, name: 'colspan' | 'rowspan', most: number, ofZero: number): number {
  const declared = Number.parseInt(cell.attribs[name] ?? '1', 10);
  if (declared === 0) return ofZero;
  return declared > 0 ? Math.min(declared, most) : 1;
}
