import { readFile } from 'node:fs/promises';
import { load, type CheerioAPI } from 'cheerio';
import { WeirError, type LandedItem } from '@weir/pipeline';

/** A page, parsed; `name` is how errors call it. */
export interface Page {
  readonly name: string;
  readonly $: CheerioAPI;
}

/**
 * Reads and parses a landed page.
 * @param encoding a WHATWG label; by default what the page says of itself, else UTF-8
 * @throws WeirError `page_empty`, `wrong_encoding`
 */
export async function openPage(item: LandedItem, encoding: string | undefined): Promise<Page> {
  const bytes = await readFile(item.path);
  const text = decode(item.name, bytes, encoding);
  const $ = load(text);
  // The parser makes html, head and body of anything; only what is inside them was sent.
  if ($('head, body').children().length === 0) {
    const words = $('body').text().trim();
    const found = words === '' ? '' : `, only text: "${words.slice(0, 200)}"`;
    throw new WeirError(
      'page_empty',
      `${item.name}: expected a page, found ${bytes.length} bytes without any element${found}; look at the address, and at what it answers`,
      { details: { file: item.name, bytes: bytes.length } },
    );
  }
  return { name: item.name, $ };
}

function decode(name: string, bytes: Uint8Array, declared: string | undefined): string {
  const label = declared ?? byteOrderMark(bytes) ?? metaCharset(bytes) ?? 'utf-8';
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    const text = decoder.decode(bytes);
    return decoder.encoding === 'windows-1252' ? withoutControls(text) : text;
  } catch (cause) {
    const origin = declared === undefined ? 'taken from the page, or the default' : 'declared in encoding';
    throw new WeirError(
      'wrong_encoding',
      `${name}: the bytes are not ${decoder.encoding} (${origin}); say which encoding they are in with \`encoding:\`, such as windows-1251`,
      { details: { file: name, encoding: decoder.encoding }, cause },
    );
  }
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** The charset of a `<meta>` near the page's start: in `charset`, or in the `content` of a `http-equiv`. */
function metaCharset(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .replace(/<!--[^]*?-->/g, '');
  const label = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(start)?.[1];
  if (label === undefined || !isEncoding(label)) return undefined;
  // A page that could be read up to here is not in UTF-16, whatever it says (so says the standard, too).
  return new TextDecoder(label).encoding.startsWith('utf-16') ? 'utf-8' : label;
}

export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

// What windows-1252 has at 0x80 to 0x9f; five places are free.
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Some versions of Node decode windows-1252 as Latin-1, which turns the dash of a period into a control character. */
function withoutControls(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}
