import { didYouMean, nearest } from './near-miss.js';

describe('a near word', () => {
  it.each([
    ['colums', 'columns'],
    ['cvs', 'csv'],
    ['Max-Rejected', 'max_rejected'],
    ['metircs', 'metrics'],
  ])('%s is near %s', (word, expected) => {
    expect(nearest(word, ['columns', 'csv', 'max_rejected', 'metrics'])).toBe(expected);
  });

  it.each(['x', 'cat', 'total', 'cool', ''])('%s is near none', (word) => {
    expect(nearest(word, ['columns', 'csv', 'max_rejected', 'metrics'])).toBeNull();
    expect(didYouMean(word, ['columns'])).toBeNull();
  });

  it('takes the nearest of several', () => {
    expect(nearest('new_cuse', ['new_cures', 'new_case'])).toBe('new_case');
  });
});
