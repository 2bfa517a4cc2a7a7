import { WeirError } from '@weir/pipeline';

export interface ConnectSettings {
  /** Milliseconds until an answer is given up; 5 s by default. Connect itself gives up after 90. */
  readonly timeoutMs?: number;
}

interface Question {
  readonly url: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** One request of Connect's REST API. @returns the answer's JSON; undefined where it has none. */
export async function askConnect<T>(question: Question, { timeoutMs = 5_000 }: ConnectSettings): Promise<T> {
  const { url, method, path, body } = question;
  let status: number;
  let text: string;
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    text = await answer.text();
  } catch (cause) {
    throw unavailable(reasonOf(cause, timeoutMs), cause);
  }
  if (status >= 200 && status < 300) return parsed<T>(text, path);
  throw failure(status, path, messageIn(text));
}

function failure(status: number, path: string, message: string): WeirError {
  // 409: the workers are dividing the connectors among themselves anew.
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    return unavailable(`answered ${status}${message === '' ? '' : `: ${message}`}`);
  }
  if (status === 404 && path.startsWith('/connectors/')) {
    return new WeirError('connector_unknown', `Kafka Connect has no connector of this name: ${message}`);
  }
  // A worker that starts has no pages yet.
  if (status === 404) return unavailable('it has no such page: it is still starting, or CONNECT_URL is not right');
  const details = { status };
  if (status === 400) {
    return new WeirError('connector_config_refused', `Kafka Connect refuses a configuration: ${message}`, { details });
  }
  return new WeirError('connect_failed', `Kafka Connect answered ${status} to ${path}: ${message}`, { details });
}

function unavailable(reason: string, cause?: unknown): WeirError {
  return new WeirError('dependency_unavailable', `Kafka Connect cannot be used: ${reason}.`, {
    retryable: true,
    details: { dependency: 'connect' },
    cause,
  });
}

function parsed<T>(text: string, path: string): T {
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw unavailable(`what it answered to ${path} is no JSON: is CONNECT_URL right?`, cause);
  }
}

/** What Connect says went wrong: `{"error_code":500,"message":"…"}`. */
function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    // A page of somebody in between.
    return '';
  }
}

function reasonOf(thrown: unknown, timeoutMs: number): string {
  // By what they say: fetch throws errors of its own realm, which in a test is not the test's.
  const { name, cause } = (thrown ?? {}) as { name?: unknown; cause?: { code?: unknown; name?: unknown } };
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return typeof cause?.code === 'string' ? cause.code : 'the connection broke';
}
