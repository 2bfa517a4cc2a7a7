/**
 * Where the reader is, in the part of the address behind `#`: `#/runs/<id>?status=failed`. A link of it can be kept and
 * sent, and the server needs to know nothing of it.
 */
export interface Route {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parts = path.split('/').filter((part) => part !== '');
  return { path: parts.map(decoded), query: new URLSearchParams(query) };
}

export function hashOf(path: readonly string[], query: URLSearchParams = new URLSearchParams()): string {
  const asked = query.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${asked === '' ? '' : `?${asked}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
