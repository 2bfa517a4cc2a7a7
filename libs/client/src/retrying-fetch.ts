export type Fetch = (request: Request) => Promise<Response>;

export interface Retry {
  /** How often one request is sent, at most. */
  readonly attempts: number;
  /** Seconds that one wait may last; where the API asks for more, its refusal is thrown at once. */
  readonly longestWait: number;
  /** Waits, or rejects when the signal is given; tests put their own here. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const defaultRetry: Retry = { attempts: 4, longestWait: 60, wait };

/**
 * Sends a request again where the API says when: 429 always (it did nothing), 503 only to what reads. Asking for the
 * state of the system is not repeated, because "not now" is the answer.
 */
export function retryingFetch(send: Fetch, { attempts, longestWait, wait }: Retry): Fetch {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      // A body can be read once: each sending gets a copy.
      const response = await send(request.clone());
      const seconds = secondsToWait(request, response);
      if (seconds === null || seconds > longestWait || attempt >= attempts) return response;
      await response.body?.cancel();
      await wait(seconds * 1000, request.signal);
    }
  };
}

/** Null where trying again is no use. */
function secondsToWait(request: Request, response: Response): number | null {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (response.status !== 429 && !(response.status === 503 && reads)) return null;
  if (/\/health(\/|$)/.test(new URL(request.url).pathname)) return null;
  return retryAfter(response.headers.get('retry-after'));
}

/** `Retry-After` is a number of seconds, or (a proxy's) the time itself. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header);
  const time = Date.parse(header);
  return Number.isNaN(time) ? null : Math.max(0, (time - Date.now()) / 1000);
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
