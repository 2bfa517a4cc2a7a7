import { z } from 'zod';
import { foldSpaces } from './fold-spaces.js';

const text = z.string().min(1);
const folded = z.string().transform(foldSpaces);

export const columnSchema = z.union([
  text,
  z.strictObject({
    from: text.optional(),
    value: z.string().optional(),
    format: text.optional().meta({ title: 'a strptime format', examples: ["'%d.%m.%Y'"] }),
    dictionary: text.optional(),
  }),
]);
export type ColumnText = z.output<typeof columnSchema>;

/** `null` is what YAML makes of the bare word. */
const first = z
  .union([z.enum(['null', 'value']), z.null().transform(() => 'null' as const)])
  .meta({ title: 'null or value' })
  .default('null');

const cumulative = z.union([
  z
    .array(text)
    .min(1)
    .transform((metrics) => ({ metrics, first: 'null' as const })),
  z.strictObject({ metrics: z.array(text).min(1), first }),
]);

const MS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const BYTES: { readonly [unit: string]: number } = { KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** An amount with its unit, such as `30s`, as a whole number of the smallest unit. */
function amount(units: { readonly [unit: string]: number }, max: number, title: string, examples: string[]) {
  const pattern = new RegExp(`^(\\d{1,9}(?:\\.\\d{1,6})?) ?(${Object.keys(units).join('|')})$`);
  return z
    .string()
    .regex(pattern)
    .meta({ title, examples })
    .transform((written, context) => {
      const [, number, unit] = pattern.exec(written)!;
      const value = Math.round(Number(number) * units[unit!]!);
      if (value >= 1 && value <= max) return value;
      context.issues.push({ code: 'custom', message: 'out of range', input: written, params: { expected: title } });
      return z.NEVER;
    });
}

const fetch = z
  .strictObject({
    timeout: amount(MS, 24 * MS.h!, 'a duration with its unit (ms, s, m, h), at most 24h', ['30s', '500ms']).default(
      30_000,
    ),
    max_size: amount(BYTES, 1024 * BYTES.GB!, 'a size with its unit (KB, MB, GB), at most 1024GB', ['50MB']).default(
      256 * BYTES.MB!,
    ),
    retries: z.int().min(0).max(100).meta({ title: 'a whole number from 0 to 100' }).default(3),
  })
  .prefault({});

/** The keys of `source:` that every kind of source has, besides `type`. */
export const sharedSchema = z.strictObject({
  columns: z.record(z.string(), columnSchema),
  ignore: z.array(z.strictObject({ column: text, values: z.array(folded).min(1) })).default([]),
  cumulative: cumulative.optional(),
  total: z.strictObject({ column: text, value: folded, metrics: z.array(text).min(1).optional() }).optional(),
  figures: z
    .strictObject({ decimal: z.enum(['.', ',']).default('.'), blank: z.array(folded).default([]) })
    .prefault({}),
  unknown: z.enum(['fail', 'reject']).default('fail'),
  fetch,
});
