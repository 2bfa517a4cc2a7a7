import { z } from 'zod';

const pathsText = z.string().trim().min(1, 'names no file');

const delimiter = z
  .union([z.literal('tab').transform(() => '\t'), z.string().regex(/^[!-/:-@[-`{-~\t]$/)], {
    error: 'expected one punctuation character of ASCII, or tab',
  })
  .default(',');

const quote = z
  .union([z.literal('none').transform(() => null), z.string().regex(/^[!-/:-@[-`{-~]$/)], {
    error: 'expected one punctuation character of ASCII, or none',
  })
  .default('"');

/** The keys that `type: csv` adds to `source:`. */
export const csvOptions = z
  .strictObject({
    /** Paths, globs and http(s) URLs, in a list or separated by commas or new lines; relative ones are under the pipeline's folder. */
    paths: z.union([pathsText, z.array(pathsText).min(1, 'names no file')]),
    delimiter,
    /** What encloses a field that holds a delimiter or a new line; inside, it is doubled. `none`: nothing does. */
    quote,
    /** A WHATWG label, such as `windows-1251`. A byte order mark in the file says more than this. */
    encoding: z
      .string()
      .default('utf-8')
      .refine(isEncoding, { error: 'expected the name of an encoding, such as utf-8' }),
    /** The line of the file that holds the column names, from 1; what is above it is skipped. */
    header: z.int().min(1).default(1),
    /** What happens to a row with more or fewer fields than the header. */
    ragged: z.enum(['fail', 'reject']).default('fail'),
  })
  .refine((options) => options.delimiter !== options.quote, {
    path: ['quote'],
    error: 'expected another character than the delimiter',
  });

export type CsvOptions = z.output<typeof csvOptions>;

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
