import type { OpenAPIObject } from '@nestjs/swagger';
import fc, { type Arbitrary } from 'fast-check';
import type { Operation, Schema } from './operations.js';
import { exampleOf, referred } from './schema-example.js';

/** One request, with nothing in it that `fetch` would refuse to send. */
export interface RandomRequest {
  /** Path and query. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** Requests of a route as its document describes them: half of them as they should be, half with anything in them. */
export function requestsOf(document: OpenAPIObject, path: string, operation: Operation): Arbitrary<RandomRequest> {
  return fc.boolean().chain((right) => (right ? rightOnes : wrongOnes)(document, path, operation));
}

interface Parameter {
  readonly name: string;
  readonly schema?: Schema;
}

function rightOnes(document: OpenAPIObject, path: string, operation: Operation): Arbitrary<RandomRequest> {
  const { inQuery, inPath } = parametersOf(operation);
  const value = ({ name, schema }: Parameter) => fitting(document, schema).map((each) => ({ name, value: each }));
  // A cursor cannot be invented.
  const optional = inQuery.filter(({ name }) => name !== 'cursor').map((each) => fc.option(value(each), { freq: 1 }));
  return fc
    .record({
      query: fc.tuple(...optional),
      names: fc.tuple(...inPath.map(value)),
      content: bodyOf(document, operation, false),
    })
    .map(({ query, names, content }) => request(path, names, query.filter(isGiven), {}, content));
}

function wrongOnes(document: OpenAPIObject, path: string, operation: Operation): Arbitrary<RandomRequest> {
  const { inQuery, inPath } = parametersOf(operation);
  const value = ({ name, schema }: Parameter) =>
    mostly(fitting(document, schema), anyText).map((each) => ({ name, value: each }));
  return fc
    .record({
      query: fc.tuple(...inQuery.map((each) => fc.option(value(each), { freq: 2 }))),
      stray: fc.option(fc.record({ name: anyText, value: anyText }), { freq: 8 }),
      twice: fc.option(fc.nat(), { freq: 8 }),
      names: fc.tuple(...inPath.map((each) => value(each).filter((given) => staysInPath(given.value)))),
      headers: fc.record({ 'x-request-id': headerText, accept: accepted }, { requiredKeys: [] }),
      content: bodyOf(document, operation, true),
    })
    .map(({ query, stray, twice, names, headers, content }) => {
      const given = query.filter(isGiven);
      const again = twice === null ? undefined : given[twice % Math.max(1, given.length)];
      return request(path, names, [...given, again, stray].filter(isGiven), headers, content);
    });
}

function parametersOf({ parameters = [] }: Operation): { inQuery: readonly Parameter[]; inPath: readonly Parameter[] } {
  const all = parameters.flatMap((each) => ('$ref' in each ? [] : [each]));
  const of = (place: string) =>
    all.filter((each) => each.in === place).map(({ name, schema }) => ({ name, ...(schema && { schema }) }));
  return { inQuery: of('query'), inPath: of('path') };
}

interface Given {
  readonly name: string;
  readonly value: unknown;
}

function isGiven(each: Given | null | undefined): each is Given {
  return each !== null && each !== undefined;
}

function request(
  path: string,
  names: readonly Given[],
  query: readonly Given[],
  headers: RandomRequest['headers'],
  { headers: ofBody, body }: Content,
): RandomRequest {
  const parts = query.flatMap(({ name, value }) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${encoded(name)}=${encoded(String(each))}`),
  );
  const filled = names.reduce((text, { name, value }) => text.replace(`{${name}}`, encoded(String(value))), path);
  return {
    path: parts.length === 0 ? filled : `${filled}?${parts.join('&')}`,
    headers: { ...headers, ...ofBody },
    ...(body !== undefined && { body }),
  };
}

const mostly = <T, U>(usual: Arbitrary<T>, rare: Arbitrary<U>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: rare });

const oddities = ['', '\0', '%', '../..', "'; DROP TABLE users; --", '-1', '9223372036854775808', '1e9', 'null', '[]'];
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...oddities));
const headerText = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const accepted = fc.constantFrom('*/*', 'application/json', 'text/csv', 'application/x-ndjson', 'text/html', 'a;q=x,,');

/** A segment that is nothing, or dots, would name another route. */
function staysInPath(value: unknown): boolean {
  return !/^\.{0,2}$/.test(String(value));
}

/** With the halves of surrogate pairs as bytes that are no UTF-8. */
function encoded(text: string): string {
  return [...text].map((each) => (/\p{Surrogate}/u.test(each) ? '%ED%A0%80' : encodeURIComponent(each))).join('');
}

/** Values that a schema allows, mostly its example. */
function fitting(document: OpenAPIObject, schema: Schema | undefined): Arbitrary<unknown> {
  if (schema === undefined) return anyText;
  if ('$ref' in schema) return fitting(document, referred(document, schema));
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as readonly unknown[]));
  const example = exampleOf(document, schema);
  const others = invented(document, schema);
  return example === undefined ? others : mostly(fc.constant(example), others);
}

function invented(document: OpenAPIObject, schema: Exclude<Schema, { readonly $ref: string }>): Arbitrary<unknown> {
  const { type, format, items, minLength = 1, maxLength = 20 } = schema;
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1e6 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'array') return fc.array(fitting(document, items), { minLength: 1, maxLength: 3 });
  if (format === 'date') return day;
  if (format === 'email') return fc.emailAddress();
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 20) });
}

const day = fc
  .date({ min: new Date('1899-01-01'), max: new Date('2301-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

interface Content {
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** A body as described; or, where it may be wrong, parts of it, any other JSON, no JSON at all, or none. */
function bodyOf(document: OpenAPIObject, { requestBody }: Operation, wrong: boolean): Arbitrary<Content> {
  const none: Arbitrary<Content> = fc.constant({ headers: {} });
  if (requestBody === undefined || '$ref' in requestBody) return none;
  const schema = requestBody.content['application/json']?.schema;
  const fields = Object.entries(schema === undefined ? {} : fieldsOf(document, schema));
  const json = (text: Arbitrary<string>) =>
    text.map((body) => ({ headers: { 'content-type': 'application/json' }, body }));
  const right = fc.record(Object.fromEntries(fields.map(([name, field]) => [name, fitting(document, field)])));
  if (!wrong) return json(right.map((value) => JSON.stringify(value)));
  const parts = fc.record(
    Object.fromEntries(fields.map(([name, field]) => [name, mostly(fitting(document, field), fc.jsonValue())])),
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    { weight: 4, arbitrary: parts.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
  const other = text.map((body) => ({ headers: { 'content-type': 'text/plain' }, body }));
  return fc.oneof(
    { weight: 8, arbitrary: json(text) },
    { weight: 1, arbitrary: other },
    { weight: 1, arbitrary: none },
  );
}

function fieldsOf(document: OpenAPIObject, schema: Schema): { readonly [name: string]: Schema } {
  return '$ref' in schema ? fieldsOf(document, referred(document, schema)) : (schema.properties ?? {});
}
