import { createApi, listen } from '@weir/api';
import type { ConfigOfStack } from '@weir/config';
import { connectStack } from '@weir/stack';
import { createLog, Metrics } from '@weir/telemetry';
import { Readiness } from './readiness.js';

/** Connections to PostgreSQL. A request needs one for as long as its key is looked up. */
const POOL_SIZE = 10;

export interface Program {
  readonly version: string;
  /** Folder of the built web page. */
  readonly page: string;
}

/** Serves the API until it is asked to stop. What is away answers with 503, at the start as later. */
export async function serve(config: ConfigOfStack, { version, page }: Program, stopping: AbortSignal): Promise<void> {
  const log = createLog(config.log);
  const stack = connectStack(config, { clientId: 'weir-api', poolSize: POOL_SIZE, log });
  const readiness = new Readiness(stack.migrations, log);
  try {
    const api = await createApi({
      users: stack.users,
      keys: stack.keys,
      incidence: stack.incidence,
      ...stack.services,
      workers: stack.workers,
      health: Object.values(stack.probes),
      readiness: () => readiness.now(),
      page,
      settings: { ...config.api, version },
      log,
      metrics: new Metrics({ version, ofProcess: true }),
    });
    try {
      const address = await listen(api, config.api);
      log({ level: 'info', event: 'api_started', message: `API ${version}: serves ${address}`, address });
      await readiness.await(stopping);
      await asked(stopping);
      log({ level: 'info', event: 'api_stopping', message: 'API: answers under way may end' });
    } finally {
      await api.close();
    }
  } finally {
    await stack.close();
  }
  log({ level: 'info', event: 'api_stopped' });
}

async function asked(stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  await new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }));
}
