import type { IHeaders, KafkaMessage } from 'kafkajs';
import { letterIdPattern, type DeadLetter } from '@weir/pipeline';

/** What Connect's framework writes into the headers of a dead letter. */
const PREFIX = '__connect.errors.';

/** Where a letter is in its topic. */
export interface LetterPlace {
  readonly partition: number;
  readonly offset: bigint;
}

/** `<partition>-<offset>` */
export function letterId(partition: number, offset: bigint): string {
  return `${partition}-${offset}`;
}

/** @returns null where the text is no id. */
export function readLetterId(id: string): LetterPlace | null {
  const [, partition, offset] = letterIdPattern.exec(id) ?? [];
  return partition === undefined || offset === undefined
    ? null
    : { partition: Number(partition), offset: BigInt(offset) };
}

/**
 * A message of the topic of dead letters as a letter. Whatever is wrong with it, it can be listed: what cannot be read is
 * null, and bytes that are no UTF-8 show as U+FFFD.
 *
 * A letter that two connectors refused has every header twice, because the second adds its own to those of the record it
 * read. The first says where the record came from, the last why it is here.
 */
export function readLetter(partition: number, message: KafkaMessage): DeadLetter {
  const { headers = {} } = message;
  const value = message.value?.toString('utf8') ?? null;
  return {
    id: letterId(partition, BigInt(message.offset)),
    refused_at: timeOf(message.timestamp),
    reason: reasonOf(headers),
    error_class: last(headers, 'exception.class.name'),
    origin: originOf(headers),
    key: message.key?.toString('utf8') ?? null,
    value,
    row: value === null ? null : rowOf(value),
  };
}

/**
 * The sink's connector says where it failed (topic, offsets, query), and wraps what ClickHouse said: that is only in the
 * stack, as the message of the innermost cause, and comes first here.
 */
function reasonOf(headers: IHeaders): string {
  const message = last(headers, 'exception.message');
  const cause = rootCause(last(headers, 'exception.stacktrace') ?? '');
  if (cause !== null && !message?.includes(cause)) return message === null ? cause : `${cause}; ${message}`;
  return message ?? last(headers, 'exception.class.name') ?? 'no reason was given';
}

/** @returns the message of the last `Caused by:` of a Java stack, which may have several lines; null where there is none. */
function rootCause(stack: string): string | null {
  const [, cause = ''] = /^(?:[^]*\n)?Caused by: ([^]*)$/.exec(stack) ?? [];
  const [text = ''] = cause.split(/\n\s+(?:at |\.\.\. )/, 1);
  const [, message = ''] = /^[\w.$]+: ([^]+)$/.exec(text.trim()) ?? [];
  return message.trim() || null;
}

function originOf(headers: IHeaders): DeadLetter['origin'] {
  const [topic, partition, offset] = ['topic', 'partition', 'offset'].map((name) => textsOf(headers, name)[0]);
  if (topic === undefined || !/^\d{1,9}$/.test(partition ?? '') || !/^\d{1,18}$/.test(offset ?? '')) return null;
  return { topic, partition: Number(partition), offset: offset as string };
}

function last(headers: IHeaders, name: string): string | null {
  return textsOf(headers, name).at(-1) ?? null;
}

/** Every value of a header, the oldest first. NUL, which PostgreSQL cannot keep, shows as U+FFFD. */
function textsOf(headers: IHeaders, name: string): readonly string[] {
  const value = headers[PREFIX + name];
  const values = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => one !== undefined && one !== null)
    .map((one) => one.toString().replaceAll('\0', '\uFFFD'));
}

/** The broker's time, in milliseconds since 1970. */
function timeOf(timestamp: string): string {
  const date = new Date(Number(timestamp));
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

function rowOf(value: string): DeadLetter['row'] {
  let fields: unknown;
  try {
    fields = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof fields !== 'object' || fields === null) return null;
  const { dataset, region, date, run_id, revision } = fields as { readonly [name: string]: unknown };
  return typeof dataset === 'string' &&
    typeof region === 'string' &&
    typeof date === 'string' &&
    typeof run_id === 'string' &&
    Number.isSafeInteger(revision)
    ? { dataset, region, date, run_id, revision: revision as number }
    : null;
}
