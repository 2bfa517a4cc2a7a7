import { isSecretName, redacted } from './secret-names.js';

/**
 * Takes secrets out of a text by their shape. Pure, and linear in the length of the text: every pattern begins at a fixed
 * text or at the edge of a word, and takes all that it has looked at. Where in doubt it takes too much.
 */
export function redactText(text: string): string {
  return [privateKeys, weirKeys, userInfo, bearers, webTokens, bcryptHashes, sqlPasswords, assignments].reduce(
    (clean, rule) => rule(clean),
    text,
  );
}

function privateKeys(text: string): string {
  return text.replace(
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g,
    redacted,
  );
}

/** An API key, also one with a typo; its id may be seen. */
function weirKeys(text: string): string {
  return text.replace(/weir_([0-9A-Za-z]{1,8})_?([0-9A-Za-z_]{20,})/g, (whole, id: string, rest: string) =>
    // Names of metrics and tables are lower-case words; 43 random characters never are.
    /[0-9A-Z]/.test(rest) ? `weir_${id}_${redacted}` : whole,
  );
}

/** `scheme://user:password@host`, also with a password that should have been escaped. */
function userInfo(text: string): string {
  return text.replace(/:\/\/(?!\/)([^\s"]+)/g, (whole, rest: string) => {
    const last = rest.lastIndexOf('@');
    if (last < 0) return whole;
    const colon = rest.indexOf(':');
    if (colon >= 0 && colon < last) return `://${redacted}${rest.slice(last)}`;
    const at = rest.indexOf('@');
    const slash = rest.search(/[/?#]/);
    return slash < 0 || at < slash ? `://${redacted}${rest.slice(at)}` : whole;
  });
}

function bearers(text: string): string {
  return text
    .replace(/\b(bearer)(?:[ \t]|%20|\+)+[^\s,;"'&]+/gi, `$1 ${redacted}`)
    .replace(/\b(Basic) [A-Za-z0-9+/_-]{12,}={0,2}/g, `$1 ${redacted}`);
}

/** JSON Web Tokens. */
function webTokens(text: string): string {
  return text.replace(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, redacted);
}

function bcryptHashes(text: string): string {
  return text.replace(/\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{10,}/g, redacted);
}

function sqlPasswords(text: string): string {
  return text.replace(
    /\b(password|identified by|identified with \w{1,40} by)\s+'[^']*(?:''[^']*)*('|$)/gi,
    `$1 ${redacted}`,
  );
}

/** A name and what gives it a value: `name=`, `name: `, `"name": `, also within JSON that is a text of JSON. */
const assignment = /(?<![\w.%-])([\w.%-]+)(\\*["'])?\s?(=>?|:)\s?/g;
/** Headers whose value goes on to the end of the line. */
const header = /^(?:proxy-authorization|authorization|set-cookie|cookie|x-(?:api-)?key|api-key)$/i;
/** Last words of names after which an unquoted colon gives a value; `invalid_api_key: …` is a code and its message. */
const plain = /(?:passw(?:or)?d|passphrase|pass\d*|pwd|secret|token)$/i;

function assignments(text: string): string {
  let clean = '';
  let done = 0;
  assignment.lastIndex = 0;
  for (let found = assignment.exec(text); found; found = assignment.exec(text)) {
    const [, name = '', quote, sign] = found;
    const from = assignment.lastIndex;
    const isHeader = sign === ':' && quote === undefined && header.test(name);
    const colonCounts = quote !== undefined || isHeader || plain.test(name);
    if (!(isHeader || isSecretName(name.replace(/%[0-9a-f]{2}/gi, ' '))) || (sign === ':' && !colonCounts)) continue;
    const to = endOfValue(text, from, isHeader);
    if (to === from) continue;
    clean += text.slice(done, from) + withoutValue(text.slice(from, to));
    done = to;
    assignment.lastIndex = to;
  }
  return clean + text.slice(done);
}

/** The value's quotes stay, so that JSON stays JSON, and so does the id of a key that has been cleaned already. */
function withoutValue(value: string): string {
  const opening = match(/\\*["']/y, value, 0);
  const rest = value.slice(opening.length);
  // As many backslashes as the opening one has, or fewer: more would be a part of the value.
  const closing = opening !== '' && rest.endsWith(opening.slice(-1)) ? closingOf(rest, opening.length) : '';
  const inside = rest.slice(0, rest.length - closing.length);
  return opening + (/^weir_[0-9A-Za-z]{1,8}_\[redacted\]$/.test(inside) ? inside : redacted) + closing;
}

function closingOf(text: string, longest: number): string {
  let from = text.length - 1;
  while (text[from - 1] === '\\' && text.length - from < longest) from -= 1;
  return text.slice(from);
}

/** Where the value ends that begins at `from`: at its closing quote, at the end of the line, or before a separator. */
function endOfValue(text: string, from: number, isHeader: boolean): number {
  const opening = match(/\\*["']/y, text, from);
  if (opening !== '') return closingQuote(text, from + opening.length, opening);
  // Of an object or a list nobody knows here where it ends.
  const isNested = /[[{]/.test(text.charAt(from)) && !text.startsWith(redacted, from);
  if (isHeader || isNested) return from + match(/[^\r\n]*/y, text, from).length;
  return from + match(/[^\s&;"]*/y, text, from).length;
}

/** Behind the quote that closes, which has as many backslashes before it as the one that opened; else the end. */
function closingQuote(text: string, from: number, opening: string): number {
  const quote = opening.at(-1) ?? '"';
  const depth = opening.length - 1;
  for (let at = from, slashes = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') slashes += 1;
    else {
      const closes = depth === 0 ? slashes % 2 === 0 : slashes <= depth;
      if (character === quote && closes) return at + 1;
      slashes = 0;
    }
  }
  return text.length;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
