import type { ConnectorCondition } from '@weir/operations';

/** As Connect names them; others may come with a newer Connect. */
export type ConnectorState = 'RUNNING' | 'FAILED' | 'PAUSED' | 'STOPPED' | 'UNASSIGNED' | 'RESTARTING' | (string & {});

export interface TaskStatus {
  readonly id: number;
  readonly state: ConnectorState;
  readonly worker_id: string;
  /** A Java stack, where it failed. */
  readonly trace?: string;
}

export interface ConnectorStatus {
  readonly name: string;
  readonly connector: { readonly state: ConnectorState; readonly worker_id: string; readonly trace?: string };
  readonly tasks: readonly TaskStatus[];
}

/** RUNNING with every task RUNNING, or what is worst about it. @param status null: not known to Connect. */
export function connectorCondition(status: ConnectorStatus | null): ConnectorCondition {
  if (status === null || (status.tasks.length === 0 && status.connector.state === 'RUNNING')) {
    return { running: false, problem: 'starting', message: 'no task of it is there yet', running_tasks: 0, tasks: 0 };
  }
  const { connector, tasks } = status;
  const of = (state: ConnectorState) => tasks.filter((task) => task.state === state);
  const running = of('RUNNING').length;
  const counts = { running_tasks: connector.state === 'RUNNING' ? running : 0, tasks: tasks.length };
  const problem = (problem: 'failed' | 'paused' | 'stopped' | 'starting', message: string): ConnectorCondition => ({
    running: false,
    problem,
    message,
    ...counts,
  });

  if (connector.state === 'FAILED') return problem('failed', `it failed: ${rootCause(connector.trace)}`);
  const [failed, ...more] = of('FAILED');
  if (failed !== undefined) {
    const which = more.length === 0 ? `task ${failed.id}` : `${more.length + 1} tasks`;
    return problem('failed', `${which} of ${tasks.length} failed: ${rootCause(failed.trace)}`);
  }
  if (connector.state === 'PAUSED') return problem('paused', 'it is paused; somebody asked for that');
  if (connector.state === 'STOPPED') return problem('stopped', 'it is stopped; somebody asked for that');
  if (connector.state !== 'RUNNING' || running < tasks.length) {
    const state = connector.state === 'RUNNING' ? `${tasks.length - running} of ${tasks.length} tasks` : 'it';
    return problem('starting', `${state} waits for a worker (${statesOf(status)})`);
  }
  return { running: true, tasks: tasks.length };
}

const longest = 300;

/**
 * What a Java stack says went wrong: the message of the innermost cause, on one line and without the name of its class;
 * the outer ones only say that a task ended.
 */
export function rootCause(trace: string | undefined): string {
  const heads = (trace ?? '').split('\n').filter((line) => line !== '' && !/^\s+(at |\.\.\. \d+ more)/.test(line));
  const innermost = heads.findLast((line) => line.startsWith('Caused by: ')) ?? heads[0] ?? '';
  const text = innermost.replace(/^Caused by: /, '').replace(/^[\w.$]+(Exception|Error)(: |$)/, '');
  const said = text.trim() || innermost.replace(/^Caused by: /, '').trim() || 'no reason given';
  return said.length > longest ? `${said.slice(0, longest)}…` : said;
}

function statesOf({ connector, tasks }: ConnectorStatus): string {
  return [connector.state, ...tasks.map(({ state }) => state)].join(', ');
}
