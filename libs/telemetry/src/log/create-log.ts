import { pino, type LoggerOptions } from 'pino';
import { currentContext } from '../context/context.js';
import { redact, type Plain } from '../redaction/redact.js';
import { levels, type Log, type LogDestination, type LogSettings } from './log.js';
import { lineFormat } from './line-format.js';

/**
 * The log of a process, on stderr unless told otherwise: stdout is for what a person started the program for. Every line
 * has `time` (ISO 8601, UTC), `level`, `event`, `message` and the ids of its errand. This is the only way to the log, and
 * everything on it is redacted here.
 */
export function createLog({ level, format }: LogSettings, destination: LogDestination = standardError()): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  };
  const style = format === 'json' ? undefined : lineFormat(format, destination.isTTY === true);
  const logger = pino(options, { write: (line) => destination.write(style === undefined ? line : style(line)) });
  return ({ level, event, message, ...fields }) => {
    if (!logger.isLevelEnabled(level)) return;
    const plain = redact({ event, ...currentContext(), ...fields }) as { readonly [name: string]: Plain };
    logger[level](withoutReserved(plain), String(redact(message ?? event.replaceAll('_', ' '))));
  };
}

/** The quieter of two levels: what a program needs said, unless its user wants to hear even less. */
export function quieter(one: LogSettings['level'], other: LogSettings['level']): LogSettings['level'] {
  const rank = (level: LogSettings['level']) => (level === 'silent' ? levels.length : levels.indexOf(level));
  return rank(one) >= rank(other) ? one : other;
}

/** A field that is called as one that the log writes itself would stand in the line twice. */
function withoutReserved(fields: { readonly [name: string]: Plain }): { readonly [name: string]: Plain } {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      name === 'time' || name === 'level' ? [`${name}_`, value] : [name, value],
    ),
  );
}

/** The process's stderr; what is written is out when `write` returns. */
export function standardError(): LogDestination {
  const file = pino.destination({ dest: 2, sync: true });
  // A log that nobody reads any more (a closed pipe) is no reason to end the process.
  file.on('error', () => undefined);
  return { write: (text) => void file.write(text), isTTY: process.stderr.isTTY };
}
