import { isScalar, Lexer, parseDocument, Parser, visit, type Document, type YAMLError } from 'yaml';
import { Lines, Places } from './positions.js';
import { Report, type Mistake } from './report.js';
import type { Variables } from './variables.js';
import { YamlValue } from './yaml-value.js';

/** Deeper than any definition, shallow enough for recursion here and in the parser (whose overflow would end the process). */
const MAX_DEPTH = 64;
const MAX_LENGTH = 2 ** 18;
/** Errors of the YAML that leave its structure as it was meant. */
const HARMLESS = new Set([
  'ALIAS_PROPS',
  'BAD_DQ_ESCAPE',
  'BAD_SCALAR_START',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'NON_STRING_KEY',
  'TAG_RESOLVE_FAILED',
]);

/**
 * The plain value of a YAML text (variables filled in, aliases expanded; undefined where it is too big to be read), with
 * what is wrong in it as YAML in `report`.
 */
export function readYaml(file: string, text: string, variables: Variables): { value: unknown; report: Report } {
  const places = new Places();
  const lines = new Lines(text);
  const report = new Report(file, lines, places);
  const excess = findExcess(text);
  if (excess) {
    report.addAt({ offset: excess.offset, length: 1 }, true, excess);
    return { value: undefined, report };
  }
  // The core schema makes neither dates nor yes/no; the option holds against a %YAML directive too.
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  for (const error of [...document.errors, ...document.warnings]) {
    const [start, end] = error.pos;
    const place = { offset: start, length: Math.max(1, end - start) };
    report.addAt(place, !HARMLESS.has(error.code), syntaxMistake(error, document, lines));
  }
  if (document.contents === null) return { value: null, report };
  return { value: new YamlValue(text, variables, report, places).of(document.contents, []), report };
}

function syntaxMistake(error: YAMLError, document: Document, lines: Lines): Mistake {
  const mistake = { code: 'yaml_syntax', message: error.message, expected: 'valid YAML 1.2', hint: null };
  switch (error.code) {
    case 'MULTIPLE_DOCS':
      return { ...mistake, message: 'a second YAML document begins', expected: 'one document in a file' };
    case 'TAG_RESOLVE_FAILED':
      return { ...mistake, expected: 'a value without a tag' };
    case 'BAD_SCALAR_START':
      return { ...mistake, hint: 'put the text in quotes' };
    case 'TAB_AS_INDENT':
      return { ...mistake, hint: 'indent with spaces' };
    default: {
      const opened = error.message.includes('quote') ? openedQuote(document, lines, error.pos[0]) : null;
      if (opened !== null) return { ...mistake, hint: `the quote opens on line ${opened}` };
      const before = lines.before(error.pos[0]);
      const inFlow = before.endsWith('$') || before.endsWith('${');
      return inFlow ? { ...mistake, hint: 'inside [ ] or { }, a text with ${ must be in quotes' } : mistake;
    }
  }
}

/** The line of the quoted text that runs up to an offset, or null. */
function openedQuote(document: Document, lines: Lines, offset: number): number | null {
  let opened: number | null = null;
  visit(document, {
    Scalar(_, node) {
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      if (quoted && node.range && node.range[0] < offset && node.range[1] >= offset) opened = node.range[0];
    },
  });
  return opened === null ? null : lines.position(opened).line;
}

/** What makes a text too big to be parsed. Lexer and parser do not recurse, so that this is safe on any text. */
function findExcess(text: string): (Mistake & { offset: number }) | null {
  if (text.length > MAX_LENGTH) {
    return {
      offset: 0,
      code: 'too_large',
      message: 'the file is too large',
      expected: `${MAX_LENGTH} characters at most`,
    };
  }
  const parser = new Parser();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) void token;
    // The document itself is one level of the parser's stack.
    if (parser.stack.length > MAX_DEPTH + 1) {
      return { offset, code: 'too_deep', message: 'nested too deep', expected: `${MAX_DEPTH} levels at most` };
    }
    offset = parser.offset;
  }
  return null;
}
