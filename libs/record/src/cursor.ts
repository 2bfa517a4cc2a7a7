/**
 * A cursor names the place where the next page begins, and the state that the first page saw. It is JSON in base64url
 * without padding: opaque to its holder, readable to us, and short enough for a query string.
 */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
}

/** The position inside a cursor, or undefined where the text is no cursor. Its fields are the caller's to check. */
export function decodeCursor(cursor: string): { [key: string]: unknown } | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof position === 'object' && position !== null && !Array.isArray(position)
      ? (position as { [key: string]: unknown })
      : undefined;
  } catch {
    return undefined;
  }
}
