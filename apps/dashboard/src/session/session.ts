import { createWeirClient, type WeirClient } from '@weir/client';

/** Where a key is kept: for as long as the tab is open, or on this device until it is forgotten. */
export type Keeping = 'tab' | 'device';

const NAME = 'weir-key';
const stores = (): readonly Storage[] => [sessionStorage, localStorage];

/** The key that an earlier visit left: this tab's before the device's, or null. A browser that keeps nothing has none. */
export function keptKey(): string | null {
  return (
    attempt(() =>
      stores()
        .map((store) => store.getItem(NAME))
        .find((key) => key !== null),
    ) ?? null
  );
}

/** A key of this tab alone leaves that of the device where it is. */
export function keepKey(key: string, keeping: Keeping): void {
  attempt(() => {
    sessionStorage.removeItem(NAME);
    (keeping === 'tab' ? sessionStorage : localStorage).setItem(NAME, key);
  });
}

/** @param only leaves another key that is kept, too: one that still works where this one no longer does. */
export function forgetKey(only?: string): void {
  attempt(() =>
    stores()
      .filter((store) => only === undefined || store.getItem(NAME) === only)
      .forEach((store) => store.removeItem(NAME)),
  );
}

/**
 * The API that this page came from. It waits for no more than seconds where it is told to wait: a reader takes more for a page
 * that hangs, and is told how long it is instead.
 * @param onRefused is called where the API does not know the key.
 */
export function clientWith(key: string | null, onRefused: () => void = () => {}): WeirClient {
  return createWeirClient({
    baseUrl: location.origin,
    retry: { longestWait: 5 },
    fetch: async (request) => {
      const response = await fetch(request);
      if (response.status === 401) onRefused();
      return response;
    },
    ...(key !== null && { key }),
  });
}

/** Storage throws where a browser forbids it; the key then lasts as long as the page does. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
