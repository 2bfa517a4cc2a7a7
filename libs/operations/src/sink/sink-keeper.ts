import { toFailure } from '@weir/pipeline';
import { inTime } from '../in-time.js';
import { publicText } from '../public/public-text.js';
import { ConnectorCare } from './connector-care.js';
import type {
  ConnectorHost,
  DeadLetterCounts,
  DeclaredConnector,
  ReplayCount,
  SinkStore,
  SinkTopics,
  StoreCondition,
} from './ports.js';
import { RecentGrowth } from './recent-growth.js';
import type { SinkEvent } from './sink-event.js';
import { notLookedYet, statusOf, type SinkReason, type SinkReport } from './sink-report.js';
import { StallWatch } from './stall-watch.js';

export interface KeptSink {
  readonly connectors: ConnectorHost;
  readonly store: SinkStore;
  readonly topics: SinkTopics;
  readonly replays: ReplayCount;
}

export interface KeeperSettings {
  readonly declared: readonly DeclaredConnector[];
  /** Bytes below which a disk of the store is too full. */
  readonly minFreeBytes: number;
  readonly tell: (event: SinkEvent) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Milliseconds in which a dead letter counts as one that arrives. */
const recent = 300_000;
/** Milliseconds without a step forward, where there is work: longer than an insert may take until it is given up. */
const patience = 60_000;
/** Milliseconds after which a report is no news any more. */
const stale = 45_000;
/** Milliseconds for a look at one thing. */
const longestLook = 10_000;
/** Milliseconds for the count of what was replayed, which comes after the look at the topics. */
const longestCount = 3_000;

/** Looks after the way from the topic to the table: its connectors, its store, its dead letters. */
export class SinkKeeper {
  private readonly care: ConnectorCare;
  private readonly growth: RecentGrowth;
  private readonly stalls: StallWatch;
  private readonly now: () => number;
  private storeWasWell = false;
  private last: SinkReport = notLookedYet;
  private lookedAt: number;

  constructor(
    private readonly sink: KeptSink,
    private readonly settings: KeeperSettings,
  ) {
    this.now = settings.now ?? Date.now;
    this.care = new ConnectorCare(sink.connectors, settings.declared, settings.tell, this.now);
    this.growth = new RecentGrowth(recent, this.now);
    this.stalls = new StallWatch(patience, this.now);
    this.lookedAt = this.now();
  }

  /** Restarts so far, by connector. */
  get restarts(): ReadonlyMap<string, number> {
    return this.care.restarts;
  }

  /** What the last look saw; `down` where that is too long ago to be believed. */
  get report(): SinkReport {
    const seconds = Math.round((this.now() - this.lookedAt) / 1000);
    if (this.last === notLookedYet || seconds * 1000 < stale) return this.last;
    const reason = { code: 'keeper_stuck', message: `The keeper last looked at the sink ${seconds} s ago.` };
    return { ...this.last, status: 'down', reasons: [reason] };
  }

  /** Looks at everything once, and mends what it may mend. Never rejects; takes about 13 s at most where something hangs. */
  async look(): Promise<SinkReport> {
    const [store, topics] = await Promise.all([this.lookAtStore(), this.lookAtTopics()]);
    if (store.problem === null && !this.storeWasWell) this.care.takeHeart();
    this.storeWasWell = store.problem === null;
    const care = await this.care.look(this.storeWasWell);

    const reasons = [...care.reasons, ...this.reasonsOfStore(store), ...topics.reasons].map(({ code, message }) => ({
      code,
      message: sentence(publicText(message)),
    }));
    const report: SinkReport = {
      status: statusOf(reasons, care.connectors),
      reasons,
      connectors: care.connectors,
      checks: { connect: care.reachable, kafka: topics.reachable, ...this.checksOf(store) },
      free_bytes: store.free_bytes,
      dead_letters: topics.deadLetters,
      lag: topics.lag,
    };
    this.tellOfChanges(report);
    this.last = report;
    this.lookedAt = this.now();
    return report;
  }

  private async lookAtStore(): Promise<StoreCondition> {
    try {
      return await inTime(this.sink.store.look(), longestLook);
    } catch (error) {
      return { problem: { code: 'store_unreachable', message: toFailure(error).message }, free_bytes: null };
    }
  }

  private async lookAtTopics() {
    try {
      const { topics } = this.sink;
      const [lag, counts] = await inTime(Promise.all([topics.lag(), topics.deadLetters()]), longestLook);
      const arrived = this.growth.look(counts.written);
      const reasons: SinkReason[] = this.stalls.look(lag).map(({ topic, records }) => ({
        code: 'sink_stalled',
        message: `${records} records of ${topic} wait, and none was taken for ${patience / 1000} s.`,
      }));
      if (arrived > 0) {
        const letters = arrived === 1 ? '1 record was' : `${arrived} records were`;
        reasons.push({
          code: 'dead_letters',
          message: `${letters} refused for good in the last ${recent / 60_000} minutes: \`weir dlq list\` tells why.`,
        });
      }
      const { written, kept } = counts;
      const not_replayed = await this.notReplayed(counts);
      const deadLetters: SinkReport['dead_letters'] = { written, kept, not_replayed, arrived };
      return { reachable: true, reasons, deadLetters, lag: lag.map(({ topic, records }) => ({ topic, records })) };
    } catch (error) {
      const reasons = [{ code: 'kafka_unreachable', message: toFailure(error).message }];
      return { reachable: false, reasons, deadLetters: null, lag: [] };
    }
  }

  /** Null where that cannot be told. That PostgreSQL is away or hangs, others say; of Kafka it says nothing. */
  private async notReplayed({ kept, ranges }: DeadLetterCounts): Promise<number | null> {
    if (kept === 0) return 0;
    try {
      return Math.max(0, kept - (await inTime(this.sink.replays.replayedOf(ranges), longestCount)));
    } catch {
      return null;
    }
  }

  private reasonsOfStore({ problem, free_bytes }: StoreCondition): SinkReason[] {
    const { minFreeBytes } = this.settings;
    const reasons: SinkReason[] = problem === null ? [] : [problem];
    if (free_bytes !== null && free_bytes < minFreeBytes) {
      const message = `ClickHouse has ${megabytes(free_bytes)} of disk left; ${megabytes(minFreeBytes)} is the least.`;
      reasons.push({ code: 'disk_low', message });
    }
    return reasons;
  }

  private checksOf({ problem, free_bytes }: StoreCondition) {
    const login = problem === null || !['store_unreachable', 'login_refused'].includes(problem.code);
    return {
      login,
      table: login ? problem === null : null,
      disk: free_bytes === null ? null : free_bytes >= this.settings.minFreeBytes,
    };
  }

  private tellOfChanges({ status, reasons }: SinkReport): void {
    const codes = (list: readonly SinkReason[]) => list.map(({ code, message }) => code + digitless(message)).join();
    if (status === this.last.status && codes(reasons) === codes(this.last.reasons)) return;
    this.settings.tell({
      level: status === 'ok' ? 'info' : 'warn',
      event: 'sink_status',
      message: [`sink: ${status}.`, ...reasons.map(({ message }) => message)].join(' '),
      status,
      reasons: reasons.map(({ code }) => code),
    });
  }
}

function sentence(text: string): string {
  return /[.…!]$/.test(text) ? text : `${text}.`;
}

/** Without the counts that change at every look. */
function digitless(text: string): string {
  return text.replace(/\d+/g, '#');
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}
