import { AccountsService } from '@weir/accounts';
import { createApi, listen, type Readiness } from '@weir/api';
import type { Config } from '@weir/config';
import { progressView, type ProgressView } from '@weir/operations';
import { createLog, Metrics, runLines, standardError, type LogDestination } from '@weir/telemetry';
import { firstLoad } from './first-load.js';
import { InlineWorker } from './inline-worker.js';
import { takeOwnership } from './owner.js';
import { startSchedules } from './schedules.js';
import { describeMistakes, describeRun, whatToTryNext } from './story.js';

export interface Program {
  readonly version: string;
  /** Folder of the built web page. */
  readonly page: string;
}

/** Runs the whole system until it is asked to stop. */
export async function serve(config: Config, { version, page }: Program, stopping: AbortController): Promise<void> {
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  const view = progressView(process.stdout);
  const log = createLog(config.log, terminalBeside(view));
  const metrics = new Metrics({ version, ofProcess: true });
  const say = (line: string) => process.stdout.write(`${line}\n`);

  say(`Weir ${version}: starting; all state is in ${config.home}`);
  const owner = await takeOwnership(config, log, stopping.signal, true);
  const { system, monitor } = owner;
  const workers = new InlineWorker(system.engine, true);
  /** Pipelines whose history is not there; null until each has been tried once. */
  let missing: Set<string> | null = null;
  // Until then stdout tells the story of the first load, to the person who reads the log beside it.
  monitor.attach(runLines(log, () => config.log.format === 'console' && missing === null));
  monitor.attach(metrics.runs);
  const api = await createApi({
    users: system.users,
    keys: system.keys,
    incidence: system.incidence,
    ...system.services,
    workers,
    health: system.probes,
    readiness: () => readiness(missing),
    page,
    settings: { ...config.api, version },
    log,
    metrics,
  }).catch(async (error: unknown) => {
    await owner.close();
    throw error;
  });
  try {
    await owner.answer(api.get(AccountsService), workers);
    const address = await listen(api, config.api);

    const ended = monitor.listen((progress) => view.show(progress));
    const firstLoaded = firstLoad(
      system,
      {
        began: (pipeline) => say(`Pipeline ${pipeline}:`),
        broken: (entry) => say(describeMistakes(entry)),
        ended: (run) => {
          view.end();
          say(describeRun(run));
        },
      },
      stopping.signal,
    );
    // A load may wait for a source for minutes; who stops the system does not.
    missing = await Promise.race([firstLoaded, stopped.then(() => new Set(['every pipeline']))]);
    ended();
    view.end();
    if (!stopping.signal.aborted) say(whatToTryNext(address, missing.size === 0));

    const endSchedules = await startSchedules(system, log, (pipeline) => missing?.delete(pipeline));
    await stopped;
    say('\nStopping …');
    endSchedules();
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    stopping.abort();
    await api.close();
    await owner.close();
  }
  say('Stopped.');
}

/** The log on stderr; where that is the terminal of a progress bar, a line ends the bar first. */
function terminalBeside(view: ProgressView): LogDestination {
  const stderr = standardError();
  if (stderr.isTTY !== true || !process.stdout.isTTY) return stderr;
  return {
    isTTY: true,
    write(text) {
      view.end();
      stderr.write(text);
    },
  };
}

function readiness(missing: ReadonlySet<string> | null): Readiness {
  if (missing === null) return { ready: false, waitingFor: 'the first load of the pipelines' };
  if (missing.size === 0) return { ready: true, waitingFor: null };
  return {
    ready: false,
    waitingFor: `the history of ${[...missing].join(', ')}, which could not be loaded; \`npx weir list\` tells why`,
  };
}
