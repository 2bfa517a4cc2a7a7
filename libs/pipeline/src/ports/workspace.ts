/** A value that can be bound to a parameter of a query. */
export type Bindable = string | number | bigint | boolean | null;

/**
 * A place where relations live while one step of a run works on them: tables and views of an in-process analytical
 * database (DuckDB) with bounded memory, UTC, and no access to extensions. Closed, and its scratch files removed, when
 * the step ends.
 */
export interface Workspace {
  /** Folder for scratch files of this step. */
  readonly directory: string;
  run(sql: string, parameters?: readonly Bindable[]): Promise<void>;
  /** Rows of a small result: counts, names, examples. Never a whole relation. BIGINT comes as number, DATE as YYYY-MM-DD. */
  query<T>(sql: string, parameters?: readonly Bindable[]): Promise<T[]>;
  /** Appends rows of text to a table that exists, column by column in its order. */
  append(table: string, rows: Iterable<readonly (string | null)[]>): Promise<void>;
  /** Column names of a relation, in order. */
  columns(relation: string): Promise<string[]>;
  /** A name no relation of this workspace has yet, beginning with `prefix`. */
  fresh(prefix: string): string;
  close(): Promise<void>;
}

/** `"name"`, safe inside SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'`, safe inside SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
