/** The value of an environment variable, or undefined where it is not set. */
export type Variables = (name: string) => string | undefined;

export interface VariableMistake {
  readonly code: 'unset_variable' | 'bad_variable';
  readonly message: string;
  readonly expected: string;
  readonly hint: string;
  /** Which reference of the text it is, from 0, escapes counted. */
  readonly index: number;
}

/** `$${` (an escape), `${…}` on one line, or a `${` that nothing closes. */
const REFERENCE = /\$\$\{|\$\{([^}\n]*)\}|\$\{/g;
const INSIDE = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/;

/**
 * Fills in `${NAME}` and `${NAME:-default}` (the default also stands in for an empty value, as in a shell); `$${` is a
 * literal `${`. What a variable holds is not searched again. A reference with a mistake stays as it is.
 */
export function substitute(text: string, variables: Variables): { text: string; mistakes: VariableMistake[] } {
  const mistakes: VariableMistake[] = [];
  let index = -1;
  const filled = text.replace(REFERENCE, (reference, inside: string | undefined) => {
    index += 1;
    if (reference === '$${') return '${';
    const [, name, fallback] = INSIDE.exec(inside ?? '') ?? [];
    if (name === undefined || fallback?.includes('${')) {
      mistakes.push({
        code: 'bad_variable',
        message: inside === undefined ? '${ is not closed on its line' : `${reference} is no reference to a variable`,
        expected: '${NAME} or ${NAME:-default}; the default holds no other reference',
        hint: 'write $${ where the text itself has ${',
        index,
      });
      return reference;
    }
    const value = variables(name);
    if (value !== undefined && (value !== '' || fallback === undefined)) return value;
    if (fallback !== undefined) return fallback;
    mistakes.push({
      code: 'unset_variable',
      message: `the environment variable ${name} is not set`,
      expected: `a value for ${name}`,
      hint: `set ${name}, or give a default: \${${name}:-…}`,
      index,
    });
    return reference;
  });
  return { text: filled, mistakes };
}

/** Where the reference number `index` stands in a text as written; null where it cannot be found there. */
export function findReference(written: string, index: number): { offset: number; length: number } | null {
  const match = [...written.matchAll(REFERENCE)][index];
  return match ? { offset: match.index, length: match[0].length } : null;
}
