import { toFailure, type Failure } from '@weir/pipeline';
import type { ConnectorCondition, ConnectorHost, DeclaredConnector, FoundConnector } from './ports.js';
import type { SinkEvent } from './sink-event.js';
import type { SinkReason } from './sink-report.js';

/** Milliseconds before what failed is restarted again: the first at once, then doubled. */
const shortest = 5_000;
const longest = 60_000;
/** Milliseconds that a restarted connector must run before its next failure counts as a first one. */
const settled = 120_000;

/** What is said of a connector that must not start now. */
const waits = 'it waits until the table can be written';

export interface CaredConnector {
  readonly name: string;
  readonly up: boolean;
  readonly running_tasks: number;
}

export interface CareReport {
  readonly reachable: boolean;
  readonly connectors: readonly CaredConnector[];
  readonly reasons: readonly SinkReason[];
}

/** Keeps the declared connectors registered as declared, and running. Others are nobody's business here. */
export class ConnectorCare {
  private readonly attempts = new Map<string, Attempts>();
  private readonly restarted = new Map<string, number>();

  constructor(
    private readonly host: ConnectorHost,
    private readonly declared: readonly DeclaredConnector[],
    private readonly tell: (event: SinkEvent) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Restarts so far, by connector. */
  get restarts(): ReadonlyMap<string, number> {
    return this.restarted;
  }

  /** What failed is tried again at the next look: the trouble that it failed of is over. */
  takeHeart(): void {
    this.attempts.clear();
  }

  /**
   * @param mayStart whether records could be written: a connector that starts, or starts again, without a table makes dead
   * letters of all that waits. Until then nothing is registered, changed or restarted.
   */
  async look(mayStart: boolean): Promise<CareReport> {
    let found: ReadonlyMap<string, FoundConnector>;
    try {
      found = new Map((await this.host.found()).map((connector) => [connector.name, connector]));
    } catch (error) {
      const { message } = toFailure(error);
      const connectors = this.declared.map(({ name }) => ({ name, up: false, running_tasks: 0 }));
      return { reachable: false, connectors, reasons: [{ code: 'connect_unreachable', message }] };
    }
    const cared = await Promise.all(this.declared.map((each) => this.care(each, found.get(each.name), mayStart)));
    return {
      reachable: true,
      connectors: cared.map(({ connector }) => connector),
      reasons: cared.flatMap(({ reason }) => reason ?? []),
    };
  }

  private async care(
    declared: DeclaredConnector,
    found: FoundConnector | undefined,
    mayStart: boolean,
  ): Promise<Cared> {
    const { name } = declared;
    const differs = found === undefined || !sameConfig(found.config, declared.config);
    if (differs && !mayStart) {
      if (found === undefined) return bad(name, 'connector_missing', `is not registered yet: ${waits}`);
      return bad(
        name,
        'connector_not_configured',
        `is not as declared, and not changed yet: ${waits}`,
        found.condition,
      );
    }
    if (differs) {
      const failure = await this.configure(declared, found === undefined);
      if (failure !== null) return bad(name, codeOf(failure), failure.message, found?.condition);
      return bad(name, 'connector_starting', found === undefined ? 'was registered just now' : 'was changed just now');
    }
    const { condition } = found;
    if (condition.running) {
      this.settle(name);
      return { connector: { name, up: true, running_tasks: condition.tasks }, reason: null };
    }
    // Paused or stopped is what somebody wanted: said, never undone.
    if (condition.problem === 'failed') {
      if (!mayStart)
        return bad(name, 'connector_failed', `${condition.message}; not restarted yet: ${waits}`, condition);
      await this.restart(name, condition.message);
    }
    return bad(name, `connector_${condition.problem}`, condition.message, condition);
  }

  private async configure(declared: DeclaredConnector, isNew: boolean): Promise<Failure | null> {
    const { name } = declared;
    if (!this.isDue(name)) return this.attempts.get(name)?.failure ?? null;
    try {
      await this.host.configure(declared);
      this.attempts.delete(name);
      const event = isNew ? 'connector_registered' : 'connector_changed';
      this.tell({
        level: 'info',
        event,
        message: `${name}: ${isNew ? 'registered' : 'changed'} as declared`,
        connector: name,
      });
      return null;
    } catch (error) {
      const failure = toFailure(error);
      const wait = this.failed(name, failure);
      this.tell({
        level: 'warn',
        event: 'connector_not_configured',
        message: `${name}: ${failure.message} Tried again in ${wait / 1000} s.`,
        connector: name,
        code: failure.code,
      });
      return failure;
    }
  }

  private async restart(name: string, why: string): Promise<void> {
    if (!this.isDue(name)) return;
    const wait = this.failed(name, null);
    try {
      await this.host.restartFailed(name);
    } catch (error) {
      this.tell({
        level: 'warn',
        event: 'connector_not_restarted',
        message: `${name}: ${toFailure(error).message}`,
        connector: name,
      });
      return;
    }
    this.restarted.set(name, (this.restarted.get(name) ?? 0) + 1);
    this.tell({
      level: 'warn',
      event: 'connector_restarted',
      message: `${name}: ${why}; restarted, the next time in ${wait / 1000} s`,
      connector: name,
    });
  }

  private isDue(name: string): boolean {
    return this.now() >= (this.attempts.get(name)?.due ?? 0);
  }

  /** @returns milliseconds until the next try. */
  private failed(name: string, failure: Failure | null): number {
    const before = this.attempts.get(name);
    const wait = before === undefined ? shortest : Math.min(longest, before.wait * 2);
    this.attempts.set(name, { wait, due: this.now() + wait, last: this.now(), failure });
    return wait;
  }

  private settle(name: string): void {
    const { last } = this.attempts.get(name) ?? { last: 0 };
    if (this.now() - last >= settled) this.attempts.delete(name);
  }
}

interface Attempts {
  readonly wait: number;
  readonly due: number;
  readonly last: number;
  /** Of the last try to configure it; null where it was restarted. */
  readonly failure: Failure | null;
}

interface Cared {
  readonly connector: CaredConnector;
  readonly reason: SinkReason | null;
}

function bad(name: string, code: string, what: string, condition?: ConnectorCondition): Cared {
  const running_tasks = condition === undefined ? 0 : condition.running ? condition.tasks : condition.running_tasks;
  return {
    connector: { name, up: false, running_tasks },
    reason: { code, message: `Connector ${name}: ${what}` },
  };
}

function codeOf({ code }: Failure): string {
  return code === 'connector_config_refused' ? code : 'connector_not_configured';
}

function sameConfig(one: DeclaredConnector['config'], other: DeclaredConnector['config']): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => one[key] === other[key]);
}
