import type { FieldError } from './problems.js';

/** Levels of objects and arrays, more than anything that is asked for has. */
const deepest = 64;

/**
 * What no database would take: a NUL or half a surrogate pair, in any string or name of a field; and nesting so deep
 * that whatever walks through it runs out of stack.
 */
export function unacceptableText(value: unknown, field: string, depth = 0): FieldError[] {
  if (typeof value === 'string') return textErrors(value, field);
  if (typeof value !== 'object' || value === null) return [];
  if (depth === deepest) return [{ field: field.slice(0, 100), message: `is nested deeper than ${deepest} levels` }];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = Array.isArray(value) ? field : field === '' ? name : `${field}.${name}`;
    const inName = textErrors(name, field === '' ? 'request' : field);
    return inName.length > 0 ? inName : unacceptableText(inner, path, depth + 1);
  });
}

function textErrors(text: string, field: string): FieldError[] {
  if (text.includes('\0')) return [{ field, message: 'must not contain a NUL character' }];
  if (/\p{Surrogate}/u.test(text)) return [{ field, message: 'must be well-formed Unicode' }];
  return [];
}
