import type { Problem } from './problem.js';
import { renderProblems } from './render-problems.js';

const problem: Problem = {
  file: 'covid/pipeline.yaml',
  line: 2,
  column: 5,
  length: 4,
  code: 'unknown_key',
  message: 'sink.tpye: unknown key',
  expected: 'one of type, table',
  hint: 'did you mean type?',
};

const render = (line: string, place: Partial<Problem> = {}) =>
  renderProblems([{ ...problem, ...place }], new Map([[problem.file, `sink:\r\n${line}\r\n`]])).split('\n');

describe('problems for people', () => {
  it('show the place, the line with the mistake underlined, what was expected and a hint', () => {
    expect(render('  - tpye: x').join('\n')).toBe(
      [
        'covid/pipeline.yaml:2:5: sink.tpye: unknown key',
        '2 |   - tpye: x',
        '  |     ^^^^',
        '  expected: one of type, table',
        '  hint: did you mean type?',
      ].join('\n'),
    );
  });

  it('stand apart by a blank line and leave out what is not known', () => {
    const { length: _, ...bare } = { ...problem, hint: null };
    expect(renderProblems([bare, bare])).toBe(
      Array(2).fill('covid/pipeline.yaml:2:5: sink.tpye: unknown key\n  expected: one of type, table').join('\n\n'),
    );
  });

  it('keep tabs before the carets, and count a pair of surrogates as one sign', () => {
    expect(render('\t\u{1f600} tpye: x')[2]).toBe('  | \t  ^^^^');
  });

  it('show a long line around the mistake', () => {
    const [, line, carets] = render(`${'a'.repeat(500)}tpye${'b'.repeat(500)}`, { column: 501 });
    expect(line!.length).toBeLessThan(130);
    expect(line!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('tpye');
  });

  it('underline one place where a problem points behind the end of the line', () => {
    expect(render('ab', { column: 3, length: 5 })[2]).toBe('  |   ^');
  });

  it('show no control characters of the file', () => {
    expect(render('    tpye\u001b[31m')[1]).toBe('2 |     tpye\ufffd[31m');
  });

  it('take colours where they are asked for', () => {
    const text = renderProblems([problem], new Map([[problem.file, 'sink:\n    tpye: x']]), true);
    expect(text).toContain('\u001b[31m    ^^^^\u001b[0m');
  });
});
