import { z } from 'zod';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD')
  .refine(
    (text) => {
      const date = new Date(`${text}T00:00:00Z`);
      return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    },
    { error: 'there is no such day', params: { expected: 'a day of the calendar as YYYY-MM-DD' } },
  );

const cut = z.union([day, z.literal('all'), z.literal('none')], { error: 'a day as YYYY-MM-DD, all or none' });

/** Parameters of `spread_weekly` as they stand in a pipeline file. */
export const spreadWeeklyOptions = z.strictObject({
  cut: z
    .union([cut, z.strictObject({ default: cut, series: z.record(z.string(), cut) })], {
      error: 'a day as YYYY-MM-DD, all, none, or {default, series: {<series>: …}}',
    })
    .describe(
      'The last day on which a row is a day; later rows carry the sum of a span that ends on their date. `all`: every row does; `none`: no row does. `{default, series}` gives series cuts of their own.',
    ),
  span: z
    .enum(['week', 'since_previous'])
    .default('week')
    .describe(
      'What a later row covers: the seven days that end on its date, or the days since the series’ previous counted row.',
    ),
  zero_between_weeks: z
    .enum(['ignore', 'keep'])
    .default('keep')
    .describe(
      'Whether rows of zeros after the cut that only stand between the spans’ rows are left out, or are figures like any other.',
    ),
});

export type SpreadWeeklyOptions = z.infer<typeof spreadWeeklyOptions>;
