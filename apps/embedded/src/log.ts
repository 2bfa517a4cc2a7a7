import type { Config } from '@weir/config';
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

/** Keys whose values are never written, wherever they stand in a line. */
const SECRET = ['api_key', 'password', '*.api_key', '*.password', 'headers["x-key"]', '*.headers["x-key"]'];

/** The process's log, on stderr: stdout is for what a person started the program for. */
export function createLog({ level, format }: Config['log']): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: SECRET, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  if (format === 'json') return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(
    options,
    pretty({
      destination: 2,
      sync: true,
      colorize: format === 'console' && process.stderr.isTTY,
      translateTime: 'SYS:HH:MM:ss',
      singleLine: true,
    }),
  );
}
