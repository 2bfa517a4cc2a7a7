import { Command, Option } from 'commander';
import { progressView, type RunDetails } from '@weir/operations';
import type { Only } from '@weir/orchestration';
import type { Branch } from '@weir/pipeline';
import { withOperations } from '../with-operations.js';
import { duration, print } from '../terminal/output.js';
import { printableRun } from '../terminal/run-text.js';

interface Options {
  readonly branch?: Branch;
  readonly only?: Only;
  readonly wait?: boolean;
  readonly json?: boolean;
}

export function runCommand(): Command {
  return new Command('run')
    .description(
      'run a pipeline; exit status 0 only if it succeeded, or found nothing new; without --wait in the stack, if it has begun',
    )
    .argument('<pipeline>', 'its name, as in `weir list`')
    .addOption(
      new Option(
        '--branch <branch>',
        'force a branch; else the history is loaded first, and later only what is new',
      ).choices(['backfill', 'update']),
    )
    .addOption(
      new Option(
        '--only <step>',
        'one step alone; transform and load take up what the latest run of the step before left',
      ).choices(['extract', 'transform', 'load']),
    )
    .option('--wait', 'follow the run to its end; embedded, `run` always does')
    .option('--json', 'for programs: the run')
    .action(async (pipeline: string, { branch, only, wait = false, json }: Options) => {
      const view = progressView(process.stderr);
      let underWay = false;
      process.once('SIGINT', () => {
        view.end();
        if (underWay)
          process.stderr.write('\nThe run goes on without this command: `npx weir status` shows how it ends.\n');
        process.exit(130);
      });
      const run = await withOperations((operations) =>
        operations.run({ pipeline, branch: branch ?? null, only: only ?? null, wait }, (progress) => {
          underWay = true;
          if (!json) view.show(progress);
        }),
      ).finally(() => view.end());
      print(json, run, () => outcome(run, only));
      process.exitCode = isWell(run) ? 0 : 1;
    });
}

/** One that is under way was not waited for. */
function isWell({ status }: RunDetails): boolean {
  return status !== 'failed' && status !== 'cancelled';
}

function outcome(run: RunDetails, only?: Only): string {
  if (run.finished_at === null) {
    return `${run.pipeline}: run ${run.run_id} has begun.
  npx weir status ${run.run_id}   shows how it goes
  Temporal's page                  has it as workflow ${run.pipeline}/${run.run_id}`;
  }
  const took = duration(run.started_at, run.finished_at);
  if (run.status === 'nothing_new') return `${run.pipeline}: nothing new (${run.branch}, ${took})`;
  if (run.status === 'succeeded') {
    const { extracted, rejected, published } = run.counts;
    const rows =
      only === undefined ? `: ${extracted} rows extracted, ${rejected} rejected, ${published} published` : '';
    return `${run.pipeline}: ${run.branch} ${only === undefined ? '' : `${only} `}succeeded in ${took}${rows}`;
  }
  return printableRun(run);
}
