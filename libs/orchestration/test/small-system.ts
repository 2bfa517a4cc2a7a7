/** A whole system of small real parts: files, DuckDB, the memory adapters, the inline engine. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { localRawStore } from '@weir/adapter-filesystem';
import { fetcher } from '@weir/adapter-http';
import { InProcessStream, MemoryRevisionStore, MemoryRunRepository } from '@weir/adapter-memory';
import { kinds, PipelineCatalogue } from '@weir/catalogue';
import { literal, type RecordChunk, type RefusedRows } from '@weir/pipeline';
import {
  createActivities,
  InlineEngine,
  planOfRun,
  silentMonitor,
  type BatchLoaded,
  type IngestInput,
  type Progress,
} from '../src/index.js';
import { bound } from './bound-steps.js';
import { runInput } from './scripted-activities.js';

const [sink] = kinds.sinks;
const columns = { region: 'region', date: 'date', new_cases: 'cases', new_deaths: 'deaths' };
const branch = (paths: string) => ({ source: { type: 'csv', paths, columns } });
export const bothBranches = { backfill: branch('history.csv'), update: branch('news.csv') };

export type SmallSystem = Awaited<ReturnType<typeof smallSystem>>;

export async function smallSystem() {
  const home = await mkdtemp(join(tmpdir(), 'weir-small-'));
  const scratch = join(home, 'scratch');
  await mkdir(scratch);
  const openWorkspace = () => openDuckDbWorkspace({ scratch, memoryLimit: '400MB', threads: 1 });
  const figures = await openWorkspace();
  if (!sink) throw new Error('this build has no sink');
  const store = await MemoryRevisionStore.create(sink.schema, figures);
  const runs = new MemoryRunRepository();
  const raw = localRawStore(join(home, 'raw'));
  const catalogue = new PipelineCatalogue(join(home, 'pipelines'), () => undefined);
  const chunks: RecordChunk[] = [];
  const progress: Progress[] = [];
  const batches: BatchLoaded[] = [];
  let refused: RefusedRows = { rows: 0, reason: null };
  let replayed = 0;

  const start = (stopping: AbortController) => {
    const steps = createActivities({
      planOf: planOfRun(raw, (pipeline) => catalogue.plan(pipeline)),
      adapters: { ...kinds, fetcher: fetcher(), openWorkspace },
      raw,
      runs,
      store,
      stream: new InProcessStream(async (chunk) => {
        chunks.push(chunk);
        await store.load(chunk);
      }, 2),
      monitor: { ...silentMonitor, progress: (each) => progress.push(each), batchLoaded: (each) => batches.push(each) },
      deadLetters: {
        refused: async () => refused,
        waiting: async () => ({ ...refused, rows: refused.rows - replayed }),
      },
    });
    const engine = new InlineEngine(steps, runs, { maxRetries: 0, backoffBase: 1 }, stopping.signal);
    return { activities: bound(steps, { signal: stopping.signal, cursor: null, heartbeat: () => undefined }), engine };
  };

  return {
    runs,
    raw,
    store,
    catalogue,
    /** What the sink says to have refused of whatever it is asked about. */
    refuse(rows: RefusedRows): void {
      refused = rows;
    },
    /** So many of them are on their way once more. */
    replay(rows: number): void {
      replayed = rows;
    },
    /** What the sink has been given, and what was reported, so far. */
    chunks,
    progress,
    batches,
    start,
    ...start(new AbortController()),

    /** The pipeline's file; JSON is YAML. */
    async define(more: object = {}): Promise<void> {
      await mkdir(join(home, 'pipelines/covid'), { recursive: true });
      const definition = {
        name: 'covid',
        description: 'Small.',
        branches: bothBranches,
        transforms: [{ type: 'forward_fill' }],
        sink: { type: 'incidence' },
        ...more,
      };
      await writeFile(join(home, 'pipelines/covid/pipeline.yaml'), JSON.stringify(definition, null, 2));
    },

    /** A file that the pipeline reads: `region,date,cases,deaths`. */
    async write(file: string, ...lines: readonly string[]): Promise<void> {
      await mkdir(join(home, 'pipelines/covid'), { recursive: true });
      await writeFile(join(home, 'pipelines/covid', file), `region,date,cases,deaths\n${lines.join('\n')}\n`);
    },

    async created(more: Partial<IngestInput> = {}): Promise<IngestInput> {
      const input = runInput(more);
      await runs.create(input, 'covid');
      return input;
    },

    /** A run from its creation to its end. */
    async run(more: Partial<IngestInput> = {}) {
      const input = await this.created(more);
      const { error } = await this.engine.execute(input);
      const run = await runs.find(input.run_id);
      if (!run) throw new Error('the run is gone');
      return { ...run, failure: error };
    },

    /** What readers see, as `region date cases deaths`, what was filled marked. */
    async visible(): Promise<string[]> {
      const file = join(scratch, 'visible.parquet');
      await store.exportRows({ dataset: 'covid' }, file);
      const rows = await figures.query<{ [field: string]: unknown }>(
        `SELECT * FROM read_parquet(${literal(file)}) ORDER BY region, date`,
      );
      return rows.map(
        ({ region, date, new_cases, new_deaths, filled }) =>
          `${String(region)} ${String(date)} ${String(new_cases)} ${String(new_deaths)}` +
          ((filled as string[]).length > 0 ? ` filled ${(filled as string[]).join()}` : ''),
      );
    },

    async close(): Promise<void> {
      await figures.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
