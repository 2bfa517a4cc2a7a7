import { load } from 'cheerio';
import { z } from 'zod';
import { isLocation } from './location.js';
import { isEncoding } from './page.js';
import { patternProblem } from './period-pattern.js';

const nothing = load('');

const selector = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      nothing.root().find(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.addIssue({
        code: 'custom',
        message: `not a CSS selector: ${reason}`,
        params: { expected: 'a CSS selector' },
      });
    }
  });

const attribute = z.string().min(1).describe('Name of the attribute, such as `:spread-data`.');

const url = z
  .string()
  .min(1)
  .refine(isLocation, { error: 'no place of a page', params: { expected: 'an http, https or file URL, or a path' } })
  .describe("The page: an http(s) or file URL, or a path, relative to the pipeline's folder.");

const table = z
  .strictObject({
    selector: selector.describe('CSS selector of the table, or of an element around it.'),
    rows: z
      .enum(['visible', 'all'])
      .default('visible')
      .describe('`visible` leaves out rows that the page hides (`display: none`, `hidden`).'),
  })
  .describe('The figures are in a table, found by its place and by the texts of its headers.');

const json = z
  .strictObject({
    selector: selector.describe('CSS selector of the element.'),
    attribute,
    path: z.string().min(1).optional().describe('Dotted path to the array inside the JSON; by default all of it.'),
  })
  .describe('The figures are JSON in an attribute: an array whose elements are rows, columns being dotted paths.');

const period = z
  .strictObject({
    selector: selector.describe('CSS selector; the first element whose text matches the pattern counts.'),
    attribute: attribute.optional().describe('Look into this attribute instead of the text.'),
    pattern: z
      .string()
      .min(1)
      .optional()
      .describe('Regular expression with named groups: year, month, day; or from_day … to_year for a range.'),
    rule: z
      .enum(['range_end', 'date', 'last_sunday_before', 'day_before'])
      .describe('How the end of the period follows from what is written.'),
    days: z.enum(['week', 'any']).default('week').describe('How many days a range spans; only with `range_end`.'),
  })
  .superRefine(({ rule, pattern, days }, context) => {
    const problem = pattern === undefined ? null : patternProblem(rule, pattern);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['pattern'], message: problem });
    if (days === 'any' && rule !== 'range_end') {
      context.addIssue({
        code: 'custom',
        path: ['days'],
        message: 'days: any needs rule: range_end',
        params: { expected: 'rule: range_end, or no days' },
      });
    }
  })
  .describe('Which days the figures are of; gives each row period_start and period_end.');

/** The keys that the kind `html` adds to `source:`. */
export const htmlOptions = z
  .strictObject({
    url,
    table: table.optional(),
    json: json.optional(),
    period: period.optional(),
    encoding: z
      .string()
      .refine(isEncoding, { error: 'not an encoding', params: { expected: 'a label such as utf-8 or windows-1251' } })
      .optional()
      .describe('Encoding of the page; by default what the page says of itself, else UTF-8.'),
  })
  .superRefine((options, context) => {
    if ((options.table === undefined) === (options.json === undefined)) {
      const found = options.table === undefined ? 'neither' : 'both';
      context.addIssue({ code: 'custom', message: `found ${found}`, params: { expected: 'either table or json' } });
    }
  });

export type HtmlOptions = z.infer<typeof htmlOptions>;
export type TableOptions = z.infer<typeof table>;
export type JsonOptions = z.infer<typeof json>;
export type PeriodOptions = z.infer<typeof period>;
