import { types } from 'node:util';
import { redactText } from './redact-text.js';
import { isSecretName, redacted } from './secret-names.js';

/** A value as a log line holds it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** Levels, members of one value, and members altogether: a line is for reading, and an endless one would stop the process. */
const deepest = 8;
const widest = 200;
const most = 2_000;
/** Characters of a text that are looked at, and that are kept. */
const longestRead = 1_000_000;
const longestKept = 16_000;
const longestSecret = 1_000;

/**
 * Any value as plain data without secrets: fields by their name, texts by their shape, at any depth; errors with message,
 * stack, causes and fields. Bytes are counted, not shown. Never throws, whatever a getter does.
 */
export function redact(value: unknown): Plain {
  return new Redaction().plain(value, 0);
}

class Redaction {
  private readonly above = new Set<object>();
  private members = 0;

  plain(value: unknown, depth: number): Plain {
    switch (typeof value) {
      case 'string':
        return plainText(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
        return value;
      case 'bigint':
        return String(value);
      case 'object':
        return value === null ? null : this.guarded(value, depth);
      case 'undefined':
        return null;
      default:
        return `[${typeof value}]`;
    }
  }

  private guarded(value: object, depth: number): Plain {
    if (this.above.has(value)) return '[circular]';
    if (depth >= deepest || this.members >= most) return '[more]';
    this.above.add(value);
    try {
      return this.object(value, depth + 1);
    } catch {
      return '[unreadable]';
    } finally {
      this.above.delete(value);
    }
  }

  private object(value: object, depth: number): Plain {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof URL || value instanceof RegExp) return plainText(String(value));
    if (types.isNativeError(value) || value instanceof Error) return this.error(value, depth);
    if (Array.isArray(value)) return this.list(value, depth);
    if (value instanceof Map || value instanceof URLSearchParams || value instanceof Headers) {
      return this.fields(
        [...value].map(([name, each]): [string, unknown] => [String(name), each]),
        depth,
      );
    }
    if (value instanceof Set) return this.list([...value], depth);
    const { toJSON } = value as { readonly toJSON?: unknown };
    if (typeof toJSON === 'function') return this.plain(toJSON.call(value), depth);
    return this.fields(pairOf(value) ?? Object.entries(value), depth);
  }

  private error(error: Error, depth: number): Plain {
    const { name, message, stack, cause } = error;
    const more = Object.entries(error).filter(([field]) => !['name', 'message', 'stack', 'cause'].includes(field));
    return this.fields(
      [
        ['name', name],
        ['message', message],
        ...more,
        ['stack', stack],
        ...(cause === undefined ? [] : ([['cause', cause]] as const)),
      ],
      depth,
    );
  }

  private fields(entries: readonly (readonly [string, unknown])[], depth: number): Plain {
    const kept = entries.filter(([, value]) => value !== undefined && typeof value !== 'function');
    const plain = kept.slice(0, widest).map(([name, value]): [string, Plain] => {
      this.members += 1;
      return [plainText(name), isSecretName(name) ? withheld(value) : this.plain(value, depth)];
    });
    if (kept.length > widest) plain.push(['…', `${kept.length - widest} more`]);
    return Object.fromEntries(plain);
  }

  /** A list, also one that lists names and values in turn, as Node does with raw headers. */
  private list(values: readonly unknown[], depth: number): Plain {
    const inTurn = values.length % 2 === 0;
    const plain = values.slice(0, widest).map((value, index): Plain => {
      this.members += 1;
      const before = values[index - 1];
      if (inTurn && index % 2 === 1 && typeof before === 'string' && isSecretName(before)) return withheld(value);
      return this.plain(value, depth);
    });
    return values.length > widest ? [...plain, `${values.length - widest} more`] : plain;
  }
}

/** What is said of a secret: that there is one, and of an API key which. */
function withheld(value: unknown): Plain {
  if (value === null || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? redactText(value.slice(0, longestKept)) : '';
  return /^weir_[0-9A-Za-z]{1,8}_\[redacted\]$/.test(text) ? text : redacted;
}

/** `{name: 'x-key', value: '…'}` as what it says: a field of that name. */
function pairOf(value: object): [string, unknown][] | undefined {
  const entries = Object.entries(value);
  const name = entries.find(([field, each]) => /^(?:name|key|header|field)$/i.test(field) && typeof each === 'string');
  if (name === undefined || !isSecretName(String(name[1]))) return undefined;
  return entries.map(([field, each]) => (/^value$/i.test(field) ? [field, withheld(each)] : [field, each]));
}

function plainText(text: string): string {
  const clean = redactText(text.slice(0, longestRead));
  if (text.length <= longestRead && clean.length <= longestKept) return clean;
  // Half a secret, where the reading was cut off, is not kept either.
  const end = Math.min(longestKept, text.length > longestRead ? clean.length - longestSecret : clean.length);
  return `${clean.slice(0, Math.max(0, end))}… (${text.length} characters)`;
}
