import {
  identifier,
  literal,
  WeirError,
  type Commit,
  type RecordChunk,
  type RevisionStore,
  type RowPlace,
  type Selection,
  type Workspace,
} from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';

/** Every revision of every row in a table of a workspace, and the commits beside it; all gone with the workspace. */
export class MemoryRevisionStore implements RevisionStore {
  private readonly committed: Commit[] = [];
  private readonly key: string;
  private readonly fields: string;

  private constructor(
    private readonly schema: RecordSchema,
    private readonly workspace: Workspace,
    private readonly table: string,
  ) {
    const { series, labels, time, metrics } = schema;
    this.key = [...series, time].map(identifier).join(', ');
    const names = [...series, ...labels, time, ...metrics, 'basis', 'filled', 'source'];
    this.fields = names.map(identifier).join(', ');
  }

  static async create(schema: RecordSchema, workspace: Workspace): Promise<MemoryRevisionStore> {
    const table = workspace.fresh('revisions');
    const texts = [...schema.series, ...schema.labels].map((name) => `${identifier(name)} VARCHAR`);
    const figures = schema.metrics.map((name) => `${identifier(name)} DOUBLE`);
    await workspace.run(
      `CREATE TABLE ${table} (${[...texts, `${identifier(schema.time)} DATE`, ...figures].join(', ')},
        basis VARCHAR, filled VARCHAR[], source VARCHAR, withdrawn BOOLEAN, dataset VARCHAR, revision BIGINT)`,
    );
    return new MemoryRevisionStore(schema, workspace, table);
  }

  /** The sink of a stream. */
  async load({ file, from, to, dataset, revision }: RecordChunk): Promise<void> {
    await this.workspace.run(
      `INSERT INTO ${this.table} BY NAME
       SELECT ${this.fields}, withdrawn, $1 AS dataset, $2::BIGINT AS revision FROM read_parquet(${literal(file)})
       WHERE ordinal >= $3 AND ordinal < $4`,
      [dataset, revision, from, to],
    );
  }

  async exportRows({ dataset, window, withLastBefore }: Selection, file: string): Promise<void> {
    const time = identifier(this.schema.time);
    const visible = this.workspace.fresh('visible');
    await this.workspace.run(`CREATE TABLE ${visible} AS ${this.visibleRows(dataset)}`);
    const selected = [
      window ? `${time} BETWEEN DATE ${literal(window.from)} AND DATE ${literal(window.to)}` : 'true',
      ...(window && withLastBefore ? [`(${this.key}) IN (${this.lastBefore(visible, window.from)})`] : []),
    ].join(' OR ');
    await this.workspace.run(
      `COPY (SELECT * FROM ${visible} WHERE ${selected} ORDER BY ${this.key}) TO ${literal(file)} (FORMAT parquet)`,
    );
    await this.workspace.run(`DROP TABLE ${visible}`);
  }

  countArrived(dataset: string, revision: number): Promise<number> {
    const rows = `SELECT DISTINCT ${this.key} FROM ${this.table} WHERE dataset = ${literal(dataset)} AND revision = ${revision}`;
    return this.count(`SELECT count(*) AS n FROM (${rows})`);
  }

  async arrived(dataset: string, revision: number, rows: readonly RowPlace[]): Promise<RowPlace[]> {
    if (rows.length === 0) return [];
    const places = rows.map(({ region, date }) => `(${literal(region)}, ${literal(date)})`).join(', ');
    return this.workspace.query<RowPlace & { [field: string]: unknown }>(
      `SELECT DISTINCT region, CAST(date AS VARCHAR) AS date FROM ${this.table}
       WHERE dataset = ${literal(dataset)} AND revision = ${revision} AND (region, CAST(date AS VARCHAR)) IN (${places})`,
    );
  }

  async commit(commit: Commit): Promise<void> {
    const earlier = await this.commits(commit.dataset);
    if (earlier.some(({ run_id }) => run_id === commit.run_id)) return;
    if (earlier.some(({ revision }) => revision >= commit.revision)) {
      throw new WeirError('revision_superseded', `revision ${commit.revision} of ${commit.dataset} is superseded`);
    }
    this.committed.push(commit);
  }

  async commits(dataset: string): Promise<Commit[]> {
    return this.committed.filter((commit) => commit.dataset === dataset).sort((a, b) => a.revision - b.revision);
  }

  private visibleRows(dataset: string): string {
    const branches = this.committed
      .filter((commit) => commit.dataset === dataset)
      .map(({ revision, branch }) => `(${revision}::BIGINT, ${literal(branch)})`);
    return `SELECT * EXCLUDE (withdrawn) FROM (
        SELECT ${this.fields}, withdrawn, revision, branch
        FROM ${this.table} JOIN (VALUES ${['(-1::BIGINT, NULL::VARCHAR)', ...branches].join(', ')}) AS commits (revision, branch) USING (revision)
        WHERE dataset = ${literal(dataset)}
        QUALIFY row_number() OVER (PARTITION BY ${this.key} ORDER BY revision DESC) = 1)
      WHERE NOT withdrawn`;
  }

  /** The places of each series' last row before a day, and of its last row before it that has each metric. */
  private lastBefore(visible: string, day: string): string {
    const series = this.schema.series.map(identifier).join(', ');
    const time = identifier(this.schema.time);
    const having = ['true', ...this.schema.metrics.map((metric) => `${identifier(metric)} IS NOT NULL`)];
    return having
      .map(
        (has) =>
          `SELECT ${series}, max(${time}) FROM ${visible} WHERE ${time} < DATE ${literal(day)} AND ${has} GROUP BY ALL`,
      )
      .join(' UNION ');
  }

  private async count(query: string): Promise<number> {
    const [row] = await this.workspace.query<{ n: number }>(query);
    return row?.n ?? 0;
  }
}
