import { WeirError } from '@weir/pipeline';
import type { JsonOptions } from './html-options.js';
import type { PageReject, PageRow, PageRows } from './page-rows.js';
import type { Page } from './page.js';
import { attributeOf, fold, quoteAll } from './text.js';

type JsonObject = { readonly [key: string]: unknown };

/**
 * The elements of a JSON array that stands in an attribute. A column is a dotted path into an element; numbers keep the
 * digits they were written with, and what one element lacks is null.
 * @throws WeirError `json_not_found`, `ambiguous_json`, `json_invalid`, `column_not_found`, `no_rows`
 */
export function readJsonAttribute(page: Page, options: JsonOptions, wanted: readonly string[]): PageRows {
  const elements = arrayOf(page, options);
  const objects = elements.filter(isObject);
  const missing = wanted.filter((column) => objects.every((object) => valueAt(object, column) === undefined));
  if (objects.length > 0 && missing.length > 0) {
    throw failure(
      page,
      options,
      'column_not_found',
      `expected the columns ${quoteAll(wanted)}, no element has ${quoteAll(missing)}; found ${quoteAll(pathsOf(objects[0] ?? {}), 1000)}`,
    );
  }

  const rows: PageRow[] = [];
  const rejects: PageReject[] = [];
  elements.forEach((element, index) => {
    const number = index + 1;
    const reject = (code: string, reason: string): unknown =>
      rejects.push({ number, code, reason, record: JSON.stringify(element) });
    if (!isObject(element)) {
      reject('not_an_object', `expected an object, found ${kindOf(element)}`);
      return;
    }
    const values = wanted.map((column) => valueAt(element, column));
    const nested = values.findIndex((value) => typeof value === 'object' && value !== null);
    if (nested !== -1) reject('nested_value', `${wanted[nested]}: expected a value, found ${kindOf(values[nested])}`);
    else rows.push({ number, values: values.map(textOfValue) });
  });
  if (rows.length === 0) {
    const [first] = rejects;
    const found = first ? `${rejects.length} that cannot be read (element ${first.number}: ${first.reason})` : 'none';
    throw failure(page, options, 'no_rows', `expected elements with figures, found ${found}`);
  }
  return { rows, rejects, warnings: [] };
}

function arrayOf(page: Page, options: JsonOptions): readonly unknown[] {
  const matched = page.$.root().find(options.selector).toArray();
  const [text, another] = matched.flatMap((element) => attributeOf(element, options.attribute) ?? []);
  if (text === undefined) {
    const attributes = [...new Set(matched.flatMap((element) => Object.keys(element.attribs)))];
    const found =
      matched.length === 0
        ? 'no element there'
        : `${matched.length} elements, with the attributes ${quoteAll(attributes)}`;
    throw failure(page, options, 'json_not_found', `expected an element with the attribute, found ${found}`);
  }
  if (another !== undefined) {
    throw failure(
      page,
      options,
      'ambiguous_json',
      'expected one element with the attribute, found several; make json.selector narrower',
    );
  }

  let document: unknown;
  try {
    document = parseWithExactNumbers(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure(page, options, 'json_invalid', `expected JSON, found "${text.slice(0, 200)}" (${reason})`);
  }
  const found = options.path === undefined ? document : valueAt(document, options.path);
  if (Array.isArray(found)) return found;
  const place = options.path === undefined ? 'an array' : `an array at ${options.path}`;
  const paths = isObject(document) ? ` (${quoteAll(pathsOf(document))})` : '';
  throw failure(
    page,
    options,
    'json_not_found',
    `expected ${place}, found ${kindOf(found)} in ${kindOf(document)}${paths}; adapt json.path to the page`,
  );
}

/**
 * JSON with every number as the text it was written with: 0.10 stays 0.10, and digits beyond a double's are kept.
 * @throws SyntaxError
 */
function parseWithExactNumbers(text: string): unknown {
  // Before anything is changed: with quotes around it, a malformed number would pass.
  JSON.parse(text);
  let insideString = false;
  const quoted = text.replace(/"|\\.|-?\d[\d.eE+-]*/g, (token) => {
    if (token === '"') insideString = !insideString;
    return insideString || token === '"' ? token : `"${token}"`;
  });
  return JSON.parse(quoted);
}

/** A value by its dotted path; a key that has dots itself is found, too. Undefined where there is none. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as JsonObject)[path];
  const dot = path.indexOf('.');
  return dot === -1 ? undefined : valueAt(valueAt(value, path.slice(0, dot)), path.slice(dot + 1));
}

function textOfValue(value: unknown): string | null {
  return value === null || value === undefined ? null : fold(String(value)) || null;
}

/** The dotted paths of an object's values. */
function pathsOf(object: JsonObject): string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    isObject(value) ? pathsOf(value).map((path) => `${key}.${path}`) : [key],
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `"${String(value).slice(0, 50)}"`;
}

function failure(page: Page, options: JsonOptions, code: string, problem: string): WeirError {
  return new WeirError(code, `${page.name}: the attribute ${options.attribute} of "${options.selector}": ${problem}`, {
    details: { file: page.name, selector: options.selector, attribute: options.attribute },
  });
}
