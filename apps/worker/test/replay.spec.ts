import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { jest } from '@jest/globals';
import { bundleWorkflows } from '@weir/adapter-temporal/worker';

/**
 * Runs of every kind, recorded once (replay/record.mjs): wherever such a run is open while the code changes, the changed
 * code has to come to the same decisions. Real: the bundle of today's workflow code, and Temporal's replay of it.
 */
const histories = join(import.meta.dirname, '../replay/histories');
jest.setTimeout(120_000);

let folder: string;
let codePath: string;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  folder = await mkdtemp(join(tmpdir(), 'weir-replay-'));
  codePath = join(folder, 'workflows.js');
  // The sources as they were built: the bundler reads JavaScript.
  await bundleWorkflows(join(import.meta.dirname, '../dist/workflows.js'), codePath);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await Runtime._instance?.shutdown();
});

const replay = async (history: unknown) => Worker.runReplayHistory({ workflowBundle: { codePath } }, history);
const recorded = async (file: string) => JSON.parse(await readFile(join(histories, file), 'utf8')) as RecordedHistory;

interface RecordedHistory {
  readonly events: readonly {
    readonly activityTaskScheduledEventAttributes?: { activityType: { name: string } };
  }[];
}

it.each(['backfill', 'update', 'scheduled-nothing-new', 'failed-update', 'cancelled'])(
  'comes to the same decisions in a run such as %s',
  async (name) => {
    await replay(await recorded(`${name}.json`));
  },
);

it('replays every history that was recorded', async () => {
  expect((await readdir(histories)).sort()).toEqual(
    ['backfill.json', 'cancelled.json', 'failed-update.json', 'scheduled-nothing-new.json', 'update.json'].sort(),
  );
});

it('finds out where the code does other steps than a run that is open has done', async () => {
  const history = await recorded('backfill.json');
  const extract = history.events.find(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType.name === 'extract',
  )?.activityTaskScheduledEventAttributes;
  if (!extract) throw new Error('the recorded run has no step extract');
  extract.activityType.name = 'fetch';
  await expect(replay(history)).rejects.toThrow(/Nondeterminism|nondeterministic/i);
});
