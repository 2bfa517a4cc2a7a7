import { createWeirClient, type WeirClient } from '@weir/client';

/** Where a key is kept: for as long as the tab is open, or on this device until it is forgotten. */
export type Keeping = 'tab' | 'device';

const NAME = 'weir-key';
const stores = (): readonly Storage[] => [sessionStorage, localStorage];

/** The key that an earlier visit left, or null. A browser that keeps nothing has none. */
export function keptKey(): string | null {
  return (
    attempt(() =>
      stores()
        .map((store) => store.getItem(NAME))
        .find((key) => key !== null),
    ) ?? null
  );
}

export function keepKey(key: string, keeping: Keeping): void {
  forgetKey();
  attempt(() => (keeping === 'tab' ? sessionStorage : localStorage).setItem(NAME, key));
}

export function forgetKey(): void {
  attempt(() => stores().forEach((store) => store.removeItem(NAME)));
}

/** The API that this page came from. */
export function clientWith(key: string | null): WeirClient {
  return createWeirClient({ baseUrl: location.origin, ...(key !== null && { key }) });
}

/** Storage throws where a browser forbids it; the key then lasts as long as the page does. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
