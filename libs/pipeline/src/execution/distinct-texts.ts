import { type Workspace } from '../ports/workspace.js';
import { folded } from './text-sql.js';

/** Tables by expression, and how many rows there are. */
export interface DistinctTexts {
  readonly rows: number;
  readonly tables: ReadonlyMap<string, string>;
}

/**
 * The distinct texts of rows called `r`, as a table `raw, folded` for each expression of `texts`; `raw` is '' where there is
 * none. A column of names or days holds few texts, each many times, and to fold one or to read it as a day costs many times
 * what it costs to look it up. All of them are found in one reading of the rows, which counts the rows, too.
 */
export async function distinctTexts(
  texts: readonly string[],
  rows: string,
  workspace: Workspace,
): Promise<DistinctTexts> {
  const wanted = [...new Set(texts)];
  const tables = new Map(wanted.map((text) => [text, workspace.fresh('texts')]));
  const found = workspace.fresh('distinct_texts');
  const lists = wanted.map((text, index) => `list(DISTINCT ${rawText(text)}) AS l${index}`);
  await workspace.run(`CREATE TABLE ${found} AS SELECT ${[...lists, 'count(*) AS n'].join(', ')} FROM ${rows} r`);
  for (const [index, text] of wanted.entries()) {
    await workspace.run(
      `CREATE TABLE ${tables.get(text)} AS SELECT raw, ${folded('raw')} AS folded FROM (SELECT unnest(l${index}) AS raw FROM ${found})`,
    );
  }
  const [{ n } = { n: 0 }] = await workspace.query<{ n: number }>(`SELECT n FROM ${found}`);
  await workspace.run(`DROP TABLE ${found}`);
  return { rows: n, tables };
}

/** A text as the tables of distinct texts have it. */
export function rawText(text: string): string {
  return `coalesce(${text}, '')`;
}

/**
 * Makes a type whose values look like the texts of some queries, each of one column, and are numbers: columns of it are
 * compared, sorted, grouped and kept several times faster, in the order of the texts.
 */
export async function enumeratedType(queries: readonly string[], workspace: Workspace): Promise<string> {
  const type = workspace.fresh('text_type');
  const texts = queries.map((query) => `SELECT text FROM (${query}) AS texts(text) WHERE text IS NOT NULL`);
  // A type needs a value; '' is before all others.
  await workspace.run(`CREATE TYPE ${type} AS ENUM (SELECT '' AS text UNION ${texts.join(' UNION ')} ORDER BY text)`);
  return type;
}
