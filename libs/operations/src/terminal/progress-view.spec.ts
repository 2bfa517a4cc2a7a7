import { Writable } from 'node:stream';
import type { Progress } from '@weir/orchestration';
import { progressView } from './progress-view.js';

/** A stream that keeps what is written; a terminal, or none. */
function screen(isTTY: boolean): NodeJS.WriteStream & { written(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return Object.assign(stream, {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
    written: () => chunks.join(''),
  }) as unknown as NodeJS.WriteStream & { written(): string };
}

const progress = (step: string, done: number, total: number | null, more: Partial<Progress> = {}): Progress => ({
  run_id: 'r1',
  pipeline: 'covid',
  step,
  done,
  total,
  unit: 'rows',
  ...more,
});

describe('where there is no terminal', () => {
  it('writes one line for each step, when it has ended', () => {
    const stream = screen(false);
    const view = progressView(stream);
    view.show(progress('extract', 0, 2, { unit: 'files' }));
    view.show(progress('extract', 1, 2, { unit: 'files' }));
    view.show(progress('extract', 2, 2, { unit: 'files' }));
    view.show(progress('transform', 17_880, null));
    view.show(progress('load_data', 9_000, 17_880));
    view.show(progress('load_data', 17_880, 17_880));
    view.end();
    expect(stream.written()).toBe(
      ['  fetching     2 files', '  transforming 17880 rows', '  loading      17880 rows', ''].join('\n'),
    );
  });

  it('does not repeat itself', () => {
    const stream = screen(false);
    const view = progressView(stream);
    for (let n = 0; n < 3; n += 1) view.show(progress('extract', 2, 2));
    expect(stream.written()).toBe('  fetching     2 rows\n');
  });

  it('calls a step that it has no word for by its name', () => {
    const stream = screen(false);
    progressView(stream).show(progress('check_page', 1, 1));
    expect(stream.written()).toBe('  check_page   1 rows\n');
  });
});

describe('on a terminal', () => {
  it('draws a bar with the step, how far it is and of how much', () => {
    const stream = screen(true);
    const view = progressView(stream);
    view.show(progress('load_data', 5, 10));
    view.end();
    expect(stream.written()).toMatch(/loading +\[=+-+\] 5\/10 rows/);
  });

  it('begins another for another step, without a bar where nobody knows the total, and ends without one', () => {
    const stream = screen(true);
    const view = progressView(stream);
    view.end();
    view.show(progress('extract', 1, 1));
    view.show(progress('transform', 7, null));
    view.end();
    view.end();
    expect(stream.written()).toMatch(/fetching +\[=+\] 1\/1 rows/);
    expect(stream.written()).toMatch(/transforming 7 rows/);
  });
});
