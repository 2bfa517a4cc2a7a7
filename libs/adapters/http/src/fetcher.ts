import type { FetchLimits, FetchedItem, Fetcher } from '@weir/pipeline';
import { openFile } from './local-file.js';
import { openPage, type HttpSettings } from './web-page.js';

/** Opens what a source names: an http(s) URL over the network, anything else as a local file. */
export function fetcher(settings: Partial<HttpSettings> = {}): Fetcher {
  const http: HttpSettings = { backoffMs: 500, maxBackoffMs: 30_000, maxRetryAfterMs: 60_000, ...settings };
  return {
    open: (item, limits: FetchLimits): Promise<FetchedItem> =>
      /^https?:\/\//i.test(item.location)
        ? openPage(item.location, limits, http)
        : openFile(item.location, item.name, limits.maxBytes),
  };
}
