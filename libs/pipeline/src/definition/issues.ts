import { z, type ZodType } from 'zod';
import { didYouMean } from './near-miss.js';
import type { Path } from './positions.js';
import type { Mistake, Report } from './report.js';

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A value under check: what was checked by which schema, where it stands, and keys that belong beside those of the schema. */
export interface Checked {
  readonly value: unknown;
  readonly schema: ZodType;
  readonly path: Path;
  readonly keysBeside?: readonly string[];
}

/**
 * Reports what zod found wrong. A schema helps with `.meta({ title, examples })`: the title says what is expected, the
 * examples become the hint; a refinement may add an issue with `params: { code, expected, hint }`.
 */
export function reportIssues(report: Report, issues: readonly Issue[], checked: Checked): void {
  for (const issue of issues) reportIssue(report, issue, checked);
}

function reportIssue(report: Report, issue: Issue, checked: Checked): void {
  const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...checked.path, ...inside];
  const value = valueAt(checked.value, inside);
  const schemas = schemasAt(checked.schema, inside);

  if (issue.code === 'unrecognized_keys') {
    const known = [...(inside.length === 0 ? (checked.keysBeside ?? []) : []), ...schemas.flatMap(keysOf)];
    for (const key of issue.keys) report.add([...path, key], unknownKey(key, known), 'key');
  } else if (issue.code === 'invalid_union' && issue.errors.length > 0 && closest(issue.errors)) {
    const prefixed = closest(issue.errors)!.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
    reportIssues(report, prefixed, checked);
  } else if (value === undefined && inside.length > 0 && issue.code !== 'custom') {
    // The mapping that lacks the key has a place; the key has none.
    if (report.isUnusable(path.slice(0, -1))) return;
    report.add(path, {
      code: 'missing_key',
      message: 'missing',
      expected: expectation(issue, schemas),
      hint: examples(schemas),
    });
  } else {
    report.add(path, mistakeOf(issue, value, schemas), issue.code === 'invalid_key' ? 'key' : 'value');
  }
}

export function unknownKey(key: string, known: readonly string[]): Mistake {
  return {
    code: 'unknown_key',
    message: 'unknown key',
    expected: oneOf([...new Set(known)]),
    hint: didYouMean(key, known),
  };
}

function oneOf(keys: readonly string[]): string {
  return keys.length > 1 ? `one of ${keys.join(', ')}` : `no key but ${keys[0] ?? 'those of another kind'}`;
}

function mistakeOf(issue: Issue, value: unknown, schemas: readonly JsonSchema[]): Mistake {
  const expected = expectation(issue, schemas);
  const example = examples(schemas);
  switch (issue.code) {
    case 'custom': {
      const {
        code = 'wrong_value',
        expected: own = 'another value',
        hint = example,
      } = (issue.params ?? {}) as Partial<Mistake>;
      return { code, message: issue.message, expected: own, hint };
    }
    case 'invalid_type':
      return wrongType(value, expected, example);
    case 'invalid_union':
    case 'invalid_value': {
      const options = optionsOf(issue);
      if (typeof value !== 'string' || options.length === 0) return wrongType(value, expected, example);
      const hint = didYouMean(value, options) ?? example;
      return { code: 'wrong_value', message: 'not one of the allowed values', expected, hint };
    }
    case 'invalid_key':
      return { code: 'wrong_key', message: `not a possible key`, expected, hint: example };
    default:
      return { code: 'wrong_value', message: ownMessage(issue) ?? 'not a possible value', expected, hint: example };
  }
}

export function wrongType(value: unknown, expected: string, example: string | null = null): Mistake {
  const quotable = (typeof value === 'number' || typeof value === 'boolean') && expected === 'text';
  return {
    code: 'wrong_type',
    message: value === null || value === undefined ? 'has no value' : `is ${nameOf(value)}`,
    expected,
    hint: example ?? (quotable ? `put it in quotes to make it text` : null),
  };
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}

function expectation(issue: Issue, schemas: readonly JsonSchema[]): string {
  const title = schemas.find((schema) => schema.title)?.title;
  if (title) return title;
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      if (issue.errors.length === 0) return `one of ${((issue as { options?: unknown[] }).options ?? []).join(', ')}`;
      return [
        ...new Set(
          issue.errors
            .flat()
            .filter((inner) => inner.path.length === 0)
            .map((inner) => expectation(inner, [])),
        ),
      ].join(' or ');
    case 'invalid_key':
      return issue.issues.map((inner) => expectation(inner, [])).join(', ');
    case 'invalid_format':
      return issue.pattern && issue.format === 'regex'
        ? `text like ${issue.pattern}`
        : `text in the format ${issue.format}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return 'another value';
  }
}

const TYPES: { readonly [type: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};
const UNITS: { readonly [origin: string]: string } = {
  string: ' characters',
  array: ' entries',
  object: ' keys',
  set: ' entries',
};

/** A schema's own message; zod's standard ones only repeat the expectation. */
function ownMessage(issue: Issue): string | null {
  return /^(Invalid|Too (small|big))/.test(issue.message) ? null : issue.message;
}

function examples(schemas: readonly JsonSchema[]): string | null {
  const found = schemas.flatMap((schema) => schema.examples ?? []);
  return found.length > 0 ? `for example ${found.map(String).join(' or ')}` : null;
}

/** The texts that a choice would have taken. */
function optionsOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code !== 'invalid_union') return [];
  // What zod gives for a discriminator that fits none of the alternatives; its type does not say so.
  const { options = [] } = issue as { options?: readonly unknown[] };
  return [...options.map(String), ...issue.errors.flat().filter(isOutermost).flatMap(optionsOf)];
}

function isOutermost(issue: Issue): boolean {
  return issue.path.length === 0;
}

/** The alternative of a union that the value was meant for: of those whose outermost type fits, the one with the fewest mistakes. */
function closest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return alternatives
    .filter(
      (issues) =>
        !issues.some(({ path, code }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')),
    )
    .sort((a, b) => a.length - b.length)[0];
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as { [key: string | number]: unknown })[step];
  }
  return current;
}

const jsonSchemas = new WeakMap<ZodType, JsonSchema>();

function jsonSchemaOf(schema: ZodType): JsonSchema {
  const made = jsonSchemas.get(schema) ?? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  jsonSchemas.set(schema, made);
  return made;
}

/** The JSON Schemas that apply at a path, the alternatives of unions each on its own. */
function schemasAt(schema: ZodType, path: Path): JsonSchema[] {
  let current = alternatives(jsonSchemaOf(schema));
  for (const step of path) {
    current = current.flatMap((found) => {
      const next =
        typeof step === 'string'
          ? (found.properties?.[step] ?? found.additionalProperties)
          : (found.prefixItems?.[step] ?? (Array.isArray(found.items) ? found.items[step] : found.items));
      return alternatives(next);
    });
  }
  return current;
}

function alternatives(schema: JsonSchema | boolean | undefined): JsonSchema[] {
  if (typeof schema !== 'object') return [];
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(alternatives);
  return [schema, ...inner];
}

function keysOf(schema: JsonSchema): string[] {
  return Object.keys(schema.properties ?? {});
}
