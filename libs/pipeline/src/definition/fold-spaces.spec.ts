import { foldSpaces } from './fold-spaces.js';

describe('foldSpaces', () => {
  it.each([
    ['  a  b ', 'a b'],
    ['a\u00a0\u2009b\u202fc', 'a b c'],
    ['a\r\n\tb', 'a b'],
    ['\ufeffa\u200b', 'a'],
    ['e\u0301', '\u00e9'],
    [' \u00a0', ''],
  ])('makes %j %j', (text, expected) => {
    expect(foldSpaces(text)).toBe(expected);
  });
});
