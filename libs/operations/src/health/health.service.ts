import { inTime } from '../in-time.js';

/** Asks one dependency whether it answers. */
export interface HealthProbe {
  /** As it is called in `/health`, such as `postgres`. */
  readonly name: string;
  /** Rejects where it does not. */
  readonly check: () => Promise<void>;
}

export interface DependencyHealth {
  readonly status: 'ok' | 'down';
  readonly latency_ms: number;
}

export interface Health {
  /** `degraded`: some dependencies are down; `down`: all are. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly dependencies: { readonly [name: string]: DependencyHealth };
}

/** Is told which dependency does not answer, and why: for the log, never for whoever asked. */
export type DependencyDown = (dependency: string, reason: string) => void;

/** Milliseconds after which a dependency that has not answered is down. */
const patience = 3_000;

/** How the dependencies of this process are. */
export class HealthService {
  /** Questions that have no answer yet, also those that were given up. */
  private readonly asked = new Map<HealthProbe, Promise<void>>();

  constructor(
    private readonly probes: readonly HealthProbe[],
    private readonly isDown: DependencyDown,
  ) {}

  async health(): Promise<Health> {
    const checked = await Promise.all(this.probes.map((probe) => this.check(probe)));
    const down = checked.filter(([, { status }]) => status === 'down').length;
    const status = down === 0 ? 'ok' : down < checked.length ? 'degraded' : 'down';
    return { status, dependencies: Object.fromEntries(checked) };
  }

  private async check(probe: HealthProbe): Promise<readonly [string, DependencyHealth]> {
    const started = performance.now();
    const outcome = (status: 'ok' | 'down') =>
      [probe.name, { status, latency_ms: Math.round((performance.now() - started) * 10) / 10 }] as const;
    try {
      await inTime(this.ask(probe), patience);
      return outcome('ok');
    } catch (error) {
      this.isDown(probe.name, reasonOf(error));
      return outcome('down');
    }
  }

  /** Asks a dependency that hangs only once, or each look at it would take another of its connections. */
  private ask(probe: HealthProbe): Promise<void> {
    const waiting = this.asked.get(probe);
    if (waiting !== undefined) return waiting;
    const asking = probe.check().finally(() => this.asked.delete(probe));
    this.asked.set(probe, asking);
    return asking;
  }
}

/** What was thrown, and what it came from: a message of ours says what is down, its cause why. */
function reasonOf(error: unknown): string {
  const parts: string[] = [];
  for (let each: unknown = error; each !== undefined && parts.length < 5;) {
    parts.push(each instanceof Error ? each.message || each.name : String(each));
    each = each instanceof Error ? each.cause : undefined;
  }
  const [what = '', ...causes] = parts;
  return [what, ...causes.map((cause) => `[${cause}]`)].join(' ');
}
