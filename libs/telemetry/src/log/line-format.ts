import { stripVTControlCharacters } from 'node:util';
import pretty from 'pino-pretty';

type Line = { readonly [name: string]: unknown };

/** Fields that a line begins with. */
const said = new Set(['time', 'level', 'message', 'event']);
/** Fields whose content the message has, for a person at a terminal; JSON and text have them all. */
const inMessage: { readonly [event: string]: ReadonlySet<string> } = {
  request: new Set(['method', 'path', 'route', 'status', 'milliseconds', 'correlation_id']),
  step_failed: new Set([
    'correlation_id',
    'pipeline',
    'step',
    'seconds',
    'retryable',
    'will_retry',
    'retry_in_seconds',
  ]),
  run_started: new Set(['correlation_id', 'pipeline', 'branch', 'only']),
  run_ended: new Set(['correlation_id', 'pipeline', 'branch', 'status', 'counts', 'seconds']),
};

/**
 * A line of JSON as one for people. `text`: one line, UTC, never a colour or another control character. `console`: the
 * time of day where the person is, in colour on a terminal, stacks below their line.
 */
export function lineFormat(format: 'text' | 'console', isTerminal: boolean): (line: string) => string {
  const isConsole = format === 'console';
  const colorize = isConsole && isTerminal;
  return pretty.prettyFactory({
    colorize,
    messageKey: 'message',
    hideObject: true,
    translateTime: isConsole ? 'SYS:HH:MM:ss' : false,
    customPrettifiers: { time: (time) => String(time).replace(/^\[|\]$/g, '') },
    messageFormat: (line, _key, _level, { colors }) => {
      const dim = (text: string) => (colorize ? colors.dim(text) : text);
      const below = isConsole ? Object.entries(line).flatMap(([name, value]) => stackLines(name, value)) : [];
      const hidden = isConsole ? inMessage[String(line['event'])] : undefined;
      const fields = Object.entries(line)
        .filter(([name, value]) => !said.has(name) && value !== null && hidden?.has(name) !== true)
        .filter(([name]) => !below.some((stack) => stack.name === name))
        .map(([name, value]) => `${oneLine(name)}=${shown(value)}`);
      const message = oneLine(String(line['message']));
      const head = isConsole ? message : `${oneLine(String(line['event']))}: ${message}`;
      const tail = fields.length > 0 ? `  ${dim(fields.join(' '))}` : '';
      return head + tail + below.map(({ text }) => `\n${dim(`    ${text}`)}`).join('');
    },
  });
}

/** The lines of a stack, which a terminal shows below; none of anything else. */
function stackLines(name: string, value: unknown): { readonly name: string; readonly text: string }[] {
  if (said.has(name)) return [];
  if (typeof value === 'string' && value.includes('\n')) {
    return value.split('\n').map((text) => ({ name, text: oneLine(text) }));
  }
  const { stack, cause } = (typeof value === 'object' && value !== null ? value : {}) as Line;
  if (typeof stack !== 'string') return [];
  return [...stackLines(name, `${stack}\n`).filter(({ text }) => text !== ''), ...causeLines(name, cause)];
}

function causeLines(name: string, cause: unknown): { readonly name: string; readonly text: string }[] {
  return stackLines(name, cause).map((line, index) => (index === 0 ? { name, text: `caused by ${line.text}` } : line));
}

function shown(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return oneLine(value);
  return oneLine(JSON.stringify(value));
}

/** Without anything that moves a terminal's cursor, turns text around, or passes for a line of its own. */
function oneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
