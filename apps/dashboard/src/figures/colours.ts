/**
 * Colours that keep apart for readers who see few colours (Okabe and Ito, 2008), by name; style.css says what each name
 * looks like on light and on dark ground.
 */
export const REGION_COLOURS = ['blue', 'orange', 'green', 'pink', 'sky', 'red', 'yellow', 'grey'] as const;

export interface Colours {
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly reported: string;
  readonly spread: string;
  readonly filled: string;
  readonly mean: string;
  readonly regions: readonly string[];
}

/** What the style sheet says now: it follows the reader's choice of light or dark. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('text'),
    faint: colour('faint'),
    grid: colour('line'),
    reported: colour('reported'),
    spread: colour('spread'),
    filled: colour('filled'),
    mean: colour('mean'),
    regions: REGION_COLOURS.map((name) => colour(`region-${name}`)),
  };
}
