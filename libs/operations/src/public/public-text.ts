import { nameOfUrl } from '@weir/pipeline';

/** A URL, whose user part may hold anything up to its last @; begins no word twice, so that long texts stay cheap. */
const URLS = String.raw`(?<![a-z\d+.-])(?<url>[a-z][a-z\d+.-]*:\/\/(?:[^\s/?#]*@)?[^\s"'\x60<>]*)`;
/** What a folder's name may hold inside a text: spaces too, an apostrophe between letters, a colon that neither ends it nor belongs to a URL. */
const FOLDERS = String.raw`(?:(?:[^\n"'\x60<>;:]|:(?![\s\d/])|(?<=\p{L})'(?=\p{L}))*[\\/])?`;
/** A path that begins at a root, at a home, or above where it stands; the end of an element (`</td>`) is none. */
const PATHS = String.raw`(?<![\p{L}\p{N}_.…\\/-])(?!(?<=<)\/[a-z][a-z\d-]*>)(?:~|\.\.|[a-z]:)?[\\/](?=\S)${FOLDERS}(?<last>[^\s"'\x60<>]*)`;
const ANYWHERE = new RegExp(`${URLS}|${PATHS}`, 'giu');

/**
 * A text of ours as it may leave the process: of a path its last name is left, of a URL its scheme, host and path, without
 * user, password and query. Rather too much is taken away than too little.
 */
export function publicText(text: string): string {
  return text.replace(ANYWHERE, (whole: string, ...rest: unknown[]) => {
    const { url, last } = rest.at(-1) as { readonly url?: string; readonly last?: string };
    return url === undefined ? `…/${last ?? whole}` : shownUrl(url);
  });
}

/** What a source calls an item, as it may leave the process: a URL without its secrets, a file without its folders. */
export function publicName(name: string): string {
  if (/^https?:/i.test(name)) return URL.canParse(name) ? nameOfUrl(name) : shownUrl(name);
  const isElsewhere = /^(?:[\\/~]|(?:[^:]*[\\/])?\.\.[\\/]|[a-z]:[\\/]|[a-z][a-z\d+.-]*:\/\/)/i.test(name);
  return isElsewhere ? lastOf(name) : name;
}

function shownUrl(text: string): string {
  // By hand: a pattern for the end would look for it from every place of a long run of such characters.
  let end = text.length;
  while (end > 0 && '.,;:)]'.includes(text.charAt(end - 1))) end -= 1;
  const [whole, after] = [text.slice(0, end), text.slice(end)];
  if (/^file:/i.test(whole)) return `…/${lastOf(whole)}${after}`;
  const hidden = `${whole.slice(0, whole.indexOf(':'))}://…${after}`;
  if (!URL.canParse(whole)) return hidden;
  const { protocol, username, host, pathname, search, hash } = new URL(whole);
  // A password with a slash in it: what looks like the path is the rest of it.
  if (username !== '' && pathname.includes('@')) return hidden;
  return `${protocol}//${host}${pathname}${search === '' && hash === '' ? '' : '?…'}${after}`;
}

function lastOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}
