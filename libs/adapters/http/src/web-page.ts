import { setTimeout as delay } from 'node:timers/promises';
import { WeirError, type FetchLimits, type FetchedItem } from '@weir/pipeline';
import pRetry from 'p-retry';
import { checkSize } from './size-limit.js';

export interface HttpSettings {
  /** Milliseconds before the second try; each further wait is twice as long, times 1 to 2 at random. */
  readonly backoffMs: number;
  /** No wait is longer. */
  readonly maxBackoffMs: number;
  /** The longest wait that a server's Retry-After may ask for. */
  readonly maxRetryAfterMs: number;
}

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const WORTH_ANOTHER_TRY = [408, 425, 429];

/**
 * Opens an http(s) URL. What fails before the headers is tried again here; a body that breaks off is a retryable
 * `source_interrupted`, and its reader begins again with a new `open`: bytes already handed on cannot be taken back.
 * @throws WeirError `source_failed` (5xx, 408, 425, 429), `source_refused` (another answer than 2xx), `source_unreachable`, `source_timeout`,
 *   `source_too_large`, `source_redirects`, `source_interrupted`. No message holds a password or a query.
 */
export async function openPage(location: string, limits: FetchLimits, settings: HttpSettings): Promise<FetchedItem> {
  return pRetry(() => request(location, limits, settings), {
    retries: limits.retries,
    minTimeout: settings.backoffMs,
    maxTimeout: settings.maxBackoffMs,
    factor: 2,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof WeirError && error.retryable,
    onFailedAttempt: async ({ error, retriesLeft }) => {
      const asked = error instanceof WeirError && error.retryable ? error.details?.['retry_after_ms'] : undefined;
      if (typeof asked === 'number' && retriesLeft > 0) await delay(asked);
    },
  });
}

async function request(location: string, limits: FetchLimits, settings: HttpSettings): Promise<FetchedItem> {
  const patience = new Patience(limits.timeoutMs);
  let url = parsed(location);
  try {
    for (let redirects = 0; ; redirects += 1) {
      const response = await patience.during(() => get(url, patience.signal), `${shown(url)} did not answer`);
      if (REDIRECTS.includes(response.status)) {
        await response.body?.cancel();
        if (redirects === MAX_REDIRECTS) {
          throw new WeirError(
            'source_redirects',
            `${shown(parsed(location))} redirects more than ${MAX_REDIRECTS} times. Give the address at which it ends.`,
          );
        }
        url = target(response.headers.get('location'), url);
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw refusal(response, url, settings.maxRetryAfterMs);
      }
      const length = contentLength(response);
      if (length !== null) checkSize(length, limits.maxBytes, shown(url), 'announces');
      const body = read(response, length, shown(url), limits.maxBytes, patience);
      return { body, contentType: response.headers.get('content-type') };
    }
  } catch (cause) {
    patience.giveUp(); // closes the connection
    throw cause;
  }
}

async function get(url: URL, signal: AbortSignal): Promise<Response> {
  const bare = new URL(url); // fetch refuses a URL with a password in it
  const headers: Record<string, string> = { 'user-agent': 'weir/0.1', 'accept-encoding': 'identity' };
  if (url.username !== '' || url.password !== '') {
    const login = Buffer.concat([unescaped(url.username), Buffer.from(':'), unescaped(url.password)]);
    headers['authorization'] = `Basic ${login.toString('base64')}`;
    bare.username = '';
    bare.password = '';
  }
  try {
    return await fetch(bare, { redirect: 'manual', headers, signal });
  } catch (cause) {
    if (cause instanceof WeirError) throw cause;
    const message = `${shown(url)} cannot be reached (${reason(cause)}). Check the address and the network.`;
    throw new WeirError('source_unreachable', message, { retryable: true, cause });
  }
}

/** A lone per cent sign in a password stays one. */
function unescaped(text: string): Buffer {
  return Buffer.from(
    text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString()),
  );
}

async function* read(
  response: Response,
  length: number | null,
  name: string,
  maxBytes: number,
  patience: Patience,
): AsyncGenerator<Uint8Array> {
  const interrupted = (what: string, cause?: unknown): WeirError =>
    new WeirError('source_interrupted', `${name} ${what}. Try again.`, { retryable: true, cause });
  let bytes = 0;
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    while (reader) {
      const { done, value } = await patience.during(
        () => reader.read(),
        `${name} stopped sending after ${bytes} bytes`,
      );
      if (done) break;
      bytes += value.length;
      checkSize(bytes, maxBytes, name, 'sent');
      yield value;
    }
    if (length !== null && bytes !== length) throw interrupted(`announced ${length} bytes and sent ${bytes}`);
  } catch (cause) {
    throw cause instanceof WeirError ? cause : interrupted(`broke off after ${bytes} bytes (${reason(cause)})`, cause);
  } finally {
    patience.giveUp(); // a reader that stops early leaves no open connection behind
  }
}

/** Aborts a request that keeps silent for too long. */
class Patience {
  private readonly controller = new AbortController();

  constructor(private readonly timeoutMs: number) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** @throws WeirError `source_timeout`, retryable, saying `what` happened and for how long. */
  async during<T>(action: () => Promise<T>, what: string): Promise<T> {
    const timer = setTimeout(() => {
      const message = `${what} within ${this.timeoutMs} ms. Try again, or raise the time-out in the pipeline's \`fetch\`.`;
      this.controller.abort(new WeirError('source_timeout', message, { retryable: true }));
    }, this.timeoutMs);
    try {
      return await action();
    } finally {
      clearTimeout(timer);
    }
  }

  giveUp(): void {
    this.controller.abort();
  }
}

function refusal(response: Response, url: URL, maxRetryAfterMs: number): WeirError {
  const { status } = response;
  const retryable = status >= 500 || WORTH_ANOTHER_TRY.includes(status);
  const retryAfter = retryAfterMs(response.headers.get('retry-after'));
  const details = {
    status,
    ...(retryAfter === null ? {} : { retry_after_ms: Math.min(retryAfter, maxRetryAfterMs) }),
  };
  return retryable
    ? new WeirError('source_failed', `${shown(url)} answered ${status}. Try again later.`, { retryable, details })
    : new WeirError('source_refused', `${shown(url)} answered ${status}. Check the address and its permissions.`, {
        details,
      });
}

/** Retry-After is a number of seconds or a date. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** The announced size, where it is that of the bytes we see: fetch unpacks a compressed body. */
function contentLength(response: Response): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : Number(length);
}

function target(location: string | null, from: URL): URL {
  const url = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new WeirError(
    'source_redirects',
    `${shown(from)} redirects to something that is no http(s) address. Give the address of the file itself.`,
  );
}

function parsed(location: string): URL {
  if (URL.canParse(location)) return new URL(location);
  throw new WeirError('source_unreachable', 'The address of the source is no URL. Correct it in the pipeline.');
}

/** A URL for messages: queries often hold keys. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

/** What the network said, without the address it may repeat: fetch wraps it in an error that says nothing. */
function reason(error: unknown): string {
  const { code, cause } = error as { readonly code?: string; readonly cause?: { readonly code?: string } };
  return cause?.code ?? code ?? 'connection lost';
}
