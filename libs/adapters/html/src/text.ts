import type { Cheerio } from 'cheerio';

// Cheerio's own types name its nodes only through the package below it, which is not ours to depend on.
export type Element = ReturnType<Cheerio<never>['find']>[number];
type Node = ReturnType<Cheerio<never>['contents']>[number];

const SILENT = new Set(['script', 'style', 'template', 'noscript']);

/** Elements that a browser puts on a line of their own: without a space between them, 12 and 13 would read 1213. */
const BREAKING = new Set(
  'address article aside blockquote br caption dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** The text that a reader sees inside an element, folded; '' where there is none. */
export function textOf(element: Element): string {
  return fold(element.children.map(visibleText).join(''));
}

function visibleText(node: Node): string {
  if (node.nodeType === 3) return node.data;
  if (!('attribs' in node) || SILENT.has(node.name) || isHidden(node)) return '';
  const text = node.children.map(visibleText).join('');
  return BREAKING.has(node.name) ? ` ${text} ` : text;
}

/**
 * One space for any run of white space (non-breaking and thin spaces are white space), none at the ends, nothing for
 * what has no width, and composed letters: `й` typed as two characters is the same letter.
 */
export function fold(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

/** Whether the page itself hides the element; style sheets and scripts are not looked at. */
export function isHidden(element: Element): boolean {
  return (
    element.attribs['hidden'] !== undefined || /(?:^|;)\s*display\s*:\s*none\b/i.test(element.attribs['style'] ?? '')
  );
}

/** An attribute's text, entities decoded. HTML keeps attribute names in lower case, whatever the page wrote. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attribs[name] ?? element.attribs[name.toLowerCase()];
}

/** Texts for an error's message, no longer than a reader wants. */
export function quoteAll(texts: readonly string[], length = 200): string {
  const all = texts.map((text) => `"${text}"`).join(', ');
  return all.length <= length ? all : `${all.slice(0, length)}…`;
}
