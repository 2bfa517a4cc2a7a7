import type { DeadLetterView } from '@weir/operations';
import { printableLetters } from './letter-text.js';

const letter: DeadLetterView = {
  letter_id: '0-17',
  refused_at: '2023-05-16T12:00:00.000Z',
  replayed_at: null,
  reason: 'Cannot parse\nFloat64',
  error_class: null,
  origin: null,
  key: 'XA-01',
  value: '{',
  row: null,
};

it('says that there is none only where the list has come to its end', () => {
  expect(printableLetters({ data: [], next_cursor: null })).toBe('There is no such dead letter.');
  const said = printableLetters({ data: [], next_cursor: 'abc' });
  expect(said).toBe('None among those looked through; there are more: go on with --cursor abc');
});

it('shows each letter in a line, and how to go on', () => {
  const [header, line, ...more] = printableLetters({ data: [letter], next_cursor: 'abc' }).split('\n');
  expect(header).toMatch(/^LETTER +REFUSED/);
  expect(line).toMatch(/^0-17 .* Cannot parse Float64$/);
  expect(more).toEqual(['More: --cursor abc']);
  expect(printableLetters({ data: [letter], next_cursor: null })).not.toContain('--cursor');
});
