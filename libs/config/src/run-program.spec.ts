import { jest } from '@jest/globals';
import { WeirError } from '@weir/pipeline';
import { ConfigError } from './config.js';
import { runProgram } from './run-program.js';

let said: string;

beforeEach(() => {
  said = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
});

const failing = (error: Error) => () => Promise.reject(error);

describe('the end of a program', () => {
  it('is 0 and silent where it was stopped as asked', async () => {
    await expect(runProgram(() => Promise.resolve())).resolves.toBe(0);
    expect(said).toBe('');
  });

  it('is 1 with the code and what happened', async () => {
    const error = new WeirError('dependency_unavailable', 'PostgreSQL is away.');
    await expect(runProgram(failing(error))).resolves.toBe(1);
    expect(said).toBe('dependency_unavailable: PostgreSQL is away.\n');
  });

  it('is 2 with the variable where the environment is wrong', async () => {
    const error = new ConfigError([{ name: 'PORT', value: 'x', expected: 'a port' }]);
    await expect(runProgram(failing(error))).resolves.toBe(2);
    expect(said).toContain('PORT="x": expected a port');
  });

  it('does not come because nobody reads what it says any more', async () => {
    const broken = (code: string) => Object.assign(new Error(`write ${code}`), { code });
    await runProgram(() => Promise.resolve(void process.stdout.emit('error', broken('EPIPE'))));
    await expect(
      runProgram(() => Promise.resolve(void process.stdout.emit('error', broken('ENOSPC')))),
    ).rejects.toThrow('ENOSPC');
  });

  it('passes on what nobody foresaw', async () => {
    const error = new TypeError('x is not a function');
    await expect(runProgram(failing(error))).rejects.toBe(error);
  });
});
