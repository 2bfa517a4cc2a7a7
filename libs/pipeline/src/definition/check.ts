import type { z, ZodType } from 'zod';
import { reportIssues, unknownKey, wrongType } from './issues.js';
import { didYouMean } from './near-miss.js';
import type { Path } from './positions.js';
import type { Report } from './report.js';

export function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks a mapping by a strict schema and reports every mistake. The result holds the keys that are right, so that what
 * depends on them can be checked although others are wrong.
 */
export function checkMapping<Schema extends z.ZodObject>(
  report: Report,
  schema: Schema,
  value: unknown,
  path: Path,
): Partial<z.output<Schema>> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  reportIssues(report, result.error.issues, { value, schema, path });
  if (!isMapping(value)) return {};
  const right: { [key: string]: unknown } = {};
  for (const [key, own] of Object.entries(schema.shape)) {
    const part = (own as ZodType).safeParse(value[key]);
    if (part.success && part.data !== undefined) right[key] = part.data;
  }
  return right as Partial<z.output<Schema>>;
}

/** A source, transform or sink whose `type` is known, with its own options checked. */
export interface CheckedKind<Kind> {
  readonly kind: Kind;
  /** Undefined where they have a mistake. */
  readonly options: unknown;
}

/**
 * Checks `type` and the keys that belong to the kind. `sharedKeys` of the same mapping are left to their own check;
 * null where the kind is not known, so that nothing can be said about its keys.
 */
export function checkKind<Kind extends { readonly type: string; readonly options: ZodType }>(
  report: Report,
  noun: 'source' | 'transform' | 'sink',
  kinds: readonly Kind[],
  value: unknown,
  path: Path,
  sharedKeys: readonly string[] = [],
): CheckedKind<Kind> | null {
  if (!isMapping(value)) {
    report.add(path, wrongType(value, 'a mapping with a type'));
    return null;
  }
  const { type, ...rest } = value;
  const known = kinds.map((kind) => kind.type);
  const expected = `one of ${known.join(', ')}`;
  if (type === undefined) {
    report.add([...path, 'type'], { code: 'missing_key', message: 'missing', expected });
    const typo = Object.keys(rest).find((key) => didYouMean(key, ['type']) !== null && !sharedKeys.includes(key));
    if (typo !== undefined) report.add([...path, typo], { ...unknownKey(typo, ['type']), expected: 'type' }, 'key');
    return null;
  }
  const kind = kinds.find((candidate) => candidate.type === type);
  if (kind === undefined) {
    const code = typeof type === 'string' ? `unknown_${noun}` : 'wrong_type';
    const message = typeof type === 'string' ? `no ${noun} has this type` : wrongType(type, expected).message;
    report.add([...path, 'type'], {
      code,
      message,
      expected,
      hint: typeof type === 'string' ? didYouMean(type, known) : null,
    });
    return null;
  }
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !sharedKeys.includes(key)));
  const result = kind.options.safeParse(own);
  if (result.success) return { kind, options: result.data };
  reportIssues(report, result.error.issues, {
    value: own,
    schema: kind.options,
    path,
    keysBeside: ['type', ...sharedKeys],
  });
  return { kind, options: undefined };
}
