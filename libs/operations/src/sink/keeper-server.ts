import { serveProbes, type ProbeServer } from '../health/probe-server.js';
import type { SinkReport } from './sink-report.js';

export interface KeeperPages {
  /** What the last look saw. */
  readonly report: () => SinkReport;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export type KeeperServer = ProbeServer;

/**
 * Serves `GET /health` (200 where the sink is ok, else 503, with the reasons), `/health/live` (200: the process answers)
 * and `/metrics`.
 * @throws WeirError `cannot_listen`.
 */
export function serveKeeper(
  { report, metrics }: KeeperPages,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<KeeperServer> {
  return serveProbes({ health: () => answer(report()), metrics }, { host, port, variable: 'KEEPER_PORT' });
}

function answer({ status, reasons, dead_letters }: SinkReport) {
  const letters = dead_letters && { kept: dead_letters.kept, not_replayed: dead_letters.not_replayed };
  return { ok: status === 'ok', body: { status, reasons, ...(letters ? { dead_letters: letters } : {}) } };
}
