import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a value's canonical JSON: equal values have equal hashes, whatever the order of their keys. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** JSON with sorted keys and no white space; keys without a value are left out, what JSON lacks goes in by its text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value));
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry ?? null)).join(',')}]`;
  if (value instanceof Map || value instanceof Set) return canonicalJson([...value]);
  if (typeof value !== 'object' || value instanceof RegExp || value instanceof Date || value instanceof URL) {
    return JSON.stringify(value instanceof Date ? value.toISOString() : String(value));
  }
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
}
