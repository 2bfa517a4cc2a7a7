/**
 * A text as it is compared: Unicode NFC, every run of white space (no-break and thin spaces, line breaks) one plain
 * space, none at the ends.
 */
export function foldSpaces(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u200b]+/gu, ' ')
    .trim();
}
