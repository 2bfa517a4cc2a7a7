import { z } from 'zod';
import { cronMistake } from './cron.js';

const text = z.string().min(1);

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/)
  .meta({ title: 'a name: a small letter, then up to 62 small letters, digits, _ or -', examples: ['covid'] });

const cron = z
  .string()
  .superRefine((expression, context) => {
    const mistake = cronMistake(expression);
    if (mistake === null) return;
    context.addIssue({
      code: 'custom',
      message: `the cron expression ${mistake}`,
      params: { code: 'bad_cron', expected: CRON },
    });
  })
  .meta({ title: 'minute, hour, day of month, month, day of week', examples: ["'*/5 * * * *'", "'30 6 * * mon'"] });
const CRON = 'five fields: minute, hour, day of month, month, day of week (UTC)';

/** `max_rejected: 10` or `max_rejected: 0.5%`. */
const rejected = z
  .union([
    z
      .int()
      .min(0)
      .meta({ examples: [0] })
      .transform((count) => ({ count })),
    z
      .string()
      .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/)
      .meta({ examples: ['0.5%'] })
      .transform((percent) => ({ share: Number(percent.slice(0, -1)) / 100 })),
  ])
  .meta({ title: 'a count of rows, or a percentage up to 100%' });

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Temporal catches up ten seconds at the least. */
const catchUp = z
  .string()
  .regex(/^([1-9]\d{1,3}s|[1-9]\d{0,3}[mhd])$/)
  .default('10m')
  .meta({ title: 'a time such as 90s, 10m, 6h or 2d', examples: ['10m'] })
  .transform((text) => Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as keyof typeof SECONDS]);

const scheduleSchema = z
  .strictObject({ cron, overlap: z.literal('skip').default('skip'), catch_up: catchUp })
  .transform(({ catch_up, ...schedule }) => ({ ...schedule, catchUpSeconds: catch_up }));

export const dictionarySchema = z.strictObject({
  file: text.meta({ title: "a CSV file's path from the pipeline's folder", examples: ['regions.csv'] }),
  code: text.meta({ title: 'the column with the codes', examples: ['code'] }),
  name: text.optional().meta({ title: 'the column with the names that readers see', examples: ['name'] }),
  match: z
    .array(text)
    .min(1)
    .meta({ title: 'a list of the columns whose texts find the row', examples: ['[name]'] }),
  aliases: z.record(z.string(), text).default({}),
});

/** The keys of a definition; what depends on the kinds of sources, transforms and sinks is checked by itself. */
export const definitionSchema = z.strictObject({
  name,
  description: z.string().default(''),
  dataset: name.optional(),
  schedule: scheduleSchema.optional(),
  dictionaries: z.record(z.string(), z.unknown()).default({}),
  branches: z.record(z.string(), z.unknown()),
  transforms: z.array(z.unknown()).default([]),
  sink: z.record(z.string(), z.unknown()),
  max_rejected: rejected.default({ count: 0 }),
});

export const branchSchema = z.strictObject({
  source: z.record(z.string(), z.unknown()),
  transforms: z.array(z.unknown()).optional(),
});
