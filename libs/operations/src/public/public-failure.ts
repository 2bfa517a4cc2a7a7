import type { Run } from '@weir/orchestration';
import { publicText } from './public-text.js';

/** A failure as it leaves the process. */
export interface PublicFailure {
  readonly code: string;
  readonly message: string;
}

/** Failures whose message is somebody else's text: it may hold SQL, rows, addresses of databases. */
const OPAQUE: { readonly [code: string]: string } = {
  query_failed: 'A database refused what this step asked of it',
  migration_failed: 'A database refused a migration',
  internal_error: 'Something went wrong in this step that nobody foresaw',
};

/**
 * A failure of a run for readers of the API: its code, and its message without paths, secrets and SQL. What a database or
 * a library said is kept for the operator, who sees it with `npx weir status`.
 */
export function publicFailure({ code, message }: PublicFailure, runId: string): PublicFailure {
  const instead = OPAQUE[code];
  if (instead === undefined) return { code, message: publicText(message) };
  return { code, message: `${instead}; the operator sees the reason with \`npx weir status ${runId}\`.` };
}

/** A run for readers of the API. */
export function publicRun(run: Run): Run {
  return {
    ...run,
    warnings: run.warnings.map((warning) => ({ ...warning, message: publicText(warning.message) })),
    error: run.error && publicFailure(run.error, run.run_id),
  };
}
