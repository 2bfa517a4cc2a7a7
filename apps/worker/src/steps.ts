import { hostname } from 'node:os';
import { jsonRecords, openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { fetcher } from '@weir/adapter-http';
import { INCIDENCE_TOPIC, KafkaRecordStream } from '@weir/adapter-kafka';
import { tellProgress } from '@weir/adapter-temporal/worker';
import { kinds } from '@weir/catalogue';
import type { ConfigOfStack } from '@weir/config';
import { createActivities, planOfRun, type Monitor, type RunKey, type Steps } from '@weir/orchestration';
import { WeirError, type Plan } from '@weir/pipeline';
import type { Stack } from '@weir/stack';
import { openScratch } from './scratch.js';

export interface BoundSteps {
  readonly steps: Steps;
  readonly planOf: (run: RunKey) => Promise<Plan>;
  /** The folder where transforms spill. */
  readonly scratch: string;
  readonly close: () => Promise<void>;
}

/** The steps of a run, bound to what a worker of the stack has: DuckDB in this process, the raw store, and the topic. */
export async function bindSteps(
  config: ConfigOfStack,
  stack: Stack,
  monitor: Monitor,
  stopping: AbortSignal,
): Promise<BoundSteps> {
  const scratch = await openScratch(config.home, hostname());
  const duckdb = { scratch: scratch.folder, ...config.duckdb };

  const [sink] = kinds.sinks;
  if (!sink) throw new WeirError('internal_error', 'this build has no sink');
  const { batchSize } = config.stack.worker;
  const reader = jsonRecords({ ...duckdb, schema: sink.schema, batchRows: batchSize });
  const { kafka } = stack;
  const stream = new KafkaRecordStream({ kafka, topic: INCIDENCE_TOPIC, reader, chunkRows: batchSize, stopping });
  const planOf = planOfRun(stack.raw, (pipeline) => stack.catalogue.plan(pipeline));
  const steps = createActivities({
    planOf,
    adapters: {
      ...kinds,
      fetcher: fetcher(),
      openWorkspace: (signal) => openDuckDbWorkspace({ ...duckdb, stopping: signal }),
    },
    raw: stack.raw,
    runs: stack.runs,
    store: stack.store,
    stream,
    deadLetters: stack.deadLetters,
    monitor: {
      ...monitor,
      progress(progress) {
        monitor.progress(progress);
        tellProgress(progress);
      },
    },
  });
  return {
    steps,
    planOf,
    scratch: scratch.folder,
    async close() {
      await stream.close();
      await reader.close();
      scratch.close();
    },
  };
}
