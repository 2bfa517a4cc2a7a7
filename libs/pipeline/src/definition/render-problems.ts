import type { Problem } from './problem.js';

const RED = 31;
const CYAN = 36;
const BOLD = 1;
/** Longer lines are shown in part, around the place. */
const WIDTH = 120;

/**
 * Problems as people read them: `file:line:column: message`, the line with the place underlined, what was expected, a hint.
 * @param sourceTexts the files' texts by the name that the problems give them; without its text a problem has no picture
 * @param colour whether to use ANSI colours
 */
export function renderProblems(
  problems: readonly Problem[],
  sourceTexts: ReadonlyMap<string, string> = new Map(),
  colour = false,
): string {
  const paint = (style: number, text: string) => (colour ? `\u001b[${style}m${text}\u001b[0m` : text);
  return problems
    .map((problem) => {
      const place = `${problem.file}:${problem.line}:${problem.column}:`;
      const line = sourceTexts
        .get(problem.file)
        ?.replace(/^\ufeff/, '')
        .split(/\r?\n/)[problem.line - 1];
      const margin = ' '.repeat(String(problem.line).length);
      const picture = line === undefined ? [] : underlined(problem, line);
      return [
        `${paint(BOLD, shown(place))} ${shown(problem.message)}`,
        ...picture.flatMap(({ text, carets }) => [
          `${paint(CYAN, `${problem.line} |`)} ${text}`,
          `${paint(CYAN, `${margin} |`)} ${paint(RED, carets)}`,
        ]),
        `  ${paint(CYAN, 'expected:')} ${shown(problem.expected)}`,
        ...(problem.hint === null ? [] : [`  ${paint(CYAN, 'hint:')} ${shown(problem.hint)}`]),
      ].join('\n');
    })
    .join('\n\n');
}

function underlined({ column, length = 1 }: Problem, line: string): { text: string; carets: string }[] {
  const start = line.length > WIDTH ? Math.max(0, column - 1 - WIDTH / 2) : 0;
  const part = line.slice(start, start + WIDTH);
  const before = start > 0 ? '…' : '';
  const at = column - 1 - start;
  // Tabs stay tabs and a pair of surrogates is one sign, so that the carets stand under what they mean.
  const indent = before.replace('…', ' ') + [...part.slice(0, at)].map((sign) => (sign === '\t' ? '\t' : ' ')).join('');
  const carets = '^'.repeat(Math.max(1, [...part.slice(at, at + length)].length));
  return [{ text: shown(`${before}${part}${start + WIDTH < line.length ? '…' : ''}`), carets: `${indent}${carets}` }];
}

/** What a terminal would obey instead of showing it is replaced. */
function shown(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '\ufffd');
}
