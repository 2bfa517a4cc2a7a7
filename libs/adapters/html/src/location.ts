import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An absolute path or an http(s) URL, for what a pipeline calls its page: those, a file URL, or a path under `folder`. */
export function locate(url: string, folder: string): string {
  if (/^https?:/i.test(url)) return new URL(url).href;
  return /^file:/i.test(url) ? fileURLToPath(url) : resolve(folder, url);
}

/** Whether `locate` can tell where that is. */
export function isLocation(url: string): boolean {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(url) && !/^(?:https?|file):/i.test(url)) return false;
  try {
    return locate(url, '/') !== '';
  } catch {
    return false;
  }
}
