import { isKnown } from './conditional.js';

describe('If-None-Match', () => {
  it.each([
    ['"abc"', true],
    ['W/"abc"', true],
    ['*', true],
    [' * ', true],
    ['"x", W/"abc"', true],
    ['W/"x","abc","y"', true],
    ['"a,b", "abc"', true],
    ['abc', false],
    ['"ab"', false],
    ['"abcd"', false],
    ['"x,abc"', false],
    ['"*"', false],
    ['', false],
    ['"abc', false],
    [undefined, false],
  ])('%j of one who has "abc": %j', (header, known) => {
    expect(isKnown('abc', header)).toBe(known);
  });
});
