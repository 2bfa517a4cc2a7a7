import { withContext } from '../context/context.js';
import { createLog, quieter } from './create-log.js';
import type { LogSettings } from './log.js';

function logged(settings: Partial<LogSettings> = {}, isTTY = false) {
  const texts: string[] = [];
  const log = createLog({ level: 'info', format: 'json', ...settings }, { write: (text) => texts.push(text), isTTY });
  return {
    log,
    texts,
    lines: () => texts.map((text) => JSON.parse(text) as { readonly [name: string]: unknown }),
  };
}

const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('a line of JSON', () => {
  it('has time, level, event, message, the ids of its errand, and its fields', () => {
    const { log, lines, texts } = logged();
    withContext({ request_id: 'r', correlation_id: 'c' }, () =>
      log({ level: 'warn', event: 'dependency_down', message: 'postgres is down', dependency: 'postgres', tries: 2 }),
    );
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(utc),
        level: 'warn',
        event: 'dependency_down',
        message: 'postgres is down',
        request_id: 'r',
        correlation_id: 'c',
        dependency: 'postgres',
        tries: 2,
      },
    ]);
    expect(texts[0]?.match(/\n/g)).toHaveLength(1);
  });

  it('has the event for a message where there is none', () => {
    const { log, lines } = logged();
    log({ level: 'info', event: 'run_ended' });
    expect(lines()[0]).toMatchObject({ event: 'run_ended', message: 'run ended' });
  });

  it('says the ids that the entry has itself, rather than those of the errand under way', () => {
    const { log, lines } = logged();
    withContext({ request_id: 'r', correlation_id: 'c' }, () => log({ level: 'info', event: 'x', request_id: 'own' }));
    expect(lines()[0]).toMatchObject({ request_id: 'own', correlation_id: 'c' });
  });

  it('keeps a field that is called as one of its own beside that', () => {
    const { log, lines, texts } = logged();
    const odd = { time: 'noon', level: 'info', event: 'x' } as const;
    log(odd);
    expect(lines()[0]).toMatchObject({ time: expect.stringMatching(utc), time_: 'noon', level: 'info' });
    expect(texts[0]?.match(/"time":/g)).toHaveLength(1);
  });

  it.each([
    ['silent', []],
    ['error', ['error']],
    ['warn', ['warn', 'error']],
    ['trace', ['trace', 'debug', 'info', 'warn', 'error']],
  ] as const)('is written at level %s for %j', (level, written) => {
    const { log, lines } = logged({ level });
    for (const each of ['trace', 'debug', 'info', 'warn', 'error'] as const) log({ level: each, event: 'x' });
    expect(lines().map((line) => line['level'])).toEqual(written);
  });
});

describe('secrets', () => {
  it.each(['json', 'text', 'console'] as const)('do not reach the log as %s, wherever they stand', (format) => {
    const { log, texts } = logged({ format });
    const error = new Error('connect postgres://ada:hunter2@db');
    withContext({ correlation_id: 'token=hunter2' }, () =>
      log({
        level: 'error',
        event: 'internal_error',
        message: 'password=hunter2',
        error,
        stack: error.stack,
        headers: { 'x-key': 'hunter2' },
        list: [{ PASS1: 'hunter2' }, 'Bearer hunter2'],
      }),
    );
    expect(texts.join('')).toContain('[redacted]');
    expect(texts.join('')).not.toContain('hunter2');
  });
});

describe('a line of text', () => {
  const entry = {
    level: 'info',
    event: 'request',
    message: 'GET /x 200 in 3 ms',
    status: 200,
    path: '/x',
    reason: 'a "b"=c',
    counts: { rows: 3 },
  } as const;

  it('is one plain line in UTC, with the event, the message and the fields', () => {
    const { log, texts } = logged({ format: 'text' }, true);
    log(entry);
    expect(texts[0]).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO: request: GET \/x 200 in 3 ms {2}status=200 path=\/x reason="a \\"b\\"=c" counts=\{"rows":3\}\n$/,
    );
  });

  it.each([['text'], ['console']] as const)(
    'as %s cannot be made to look like two, to move the cursor, or to read backwards',
    (format) => {
      const { log, texts } = logged({ format });
      const evil = 'a\nERROR: forged\r\x1b[2J\u2028\u202eb\x07';
      log({ level: 'info', event: 'x', message: evil, path: evil.replace('\n', ' ') });
      expect(texts[0]).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202e]/u);
      expect(texts[0]?.trimEnd().split('\n')).toHaveLength(1);
    },
  );

  it('shows stacks in its line', () => {
    const { log, texts } = logged({ format: 'text' });
    log({ level: 'error', event: 'internal_error', error: new Error('no') });
    expect(texts[0]).toMatch(/ERROR: internal_error: internal error .*"stack":"Error: no\\n {4}at /);
    expect(texts[0]?.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a line for a console', () => {
  it('is coloured on a terminal only', () => {
    const shown = (isTTY: boolean) => {
      const { log, texts } = logged({ format: 'console' }, isTTY);
      log({ level: 'warn', event: 'x', message: 'careful', path: '/x' });
      return texts[0] ?? '';
    };
    expect(shown(true)).toContain('\u001b[');
    expect(shown(false)).toMatch(/^\d\d:\d\d:\d\d WARN: careful {2}path=\/x\n$/);
  });

  it('leaves out of a request what its message has said', () => {
    const { log, texts } = logged({ format: 'console' });
    const message = 'GET /x 404 in 3 ms';
    log({
      level: 'info',
      event: 'request',
      message,
      method: 'GET',
      path: '/x',
      status: 404,
      request_id: 'r',
      code: 'not_found',
    });
    expect(texts[0]).toMatch(/INFO: GET \/x 404 in 3 ms {2}request_id=r code=not_found\n$/);
  });

  it('shows stacks and causes below', () => {
    const { log, texts } = logged({ format: 'console' });
    log({ level: 'error', event: 'x', error: new Error('outer', { cause: new Error('inner') }), run_id: 'r' });
    const [first, ...below] = (texts[0] ?? '').trimEnd().split('\n');
    expect(first).toMatch(/ERROR: x {2}run_id=r$/);
    expect(below[0]).toBe('    Error: outer');
    expect(below).toContain('    caused by Error: inner');
    expect(below.every((line) => line.startsWith('    '))).toBe(true);
  });
});

describe('the quieter of two levels', () => {
  it('is the one that says less', () => {
    expect([
      quieter('info', 'warn'),
      quieter('error', 'warn'),
      quieter('silent', 'warn'),
      quieter('warn', 'warn'),
    ]).toEqual(['warn', 'error', 'silent', 'warn']);
  });
});
