import { parseExpiry } from './expiry.js';

const now = new Date('2026-06-15T12:00:00Z');

describe('when a key is to end', () => {
  it.each([
    ['2026-12-31', '2026-12-31T23:59:59.999Z'],
    ['2026-06-15', '2026-06-15T23:59:59.999Z'],
    ['2028-02-29', '2028-02-29T23:59:59.999Z'],
    ['2026-06-15T12:00:00.001Z', '2026-06-15T12:00:00.001Z'],
    ['2026-12-31T12:00', '2026-12-31T12:00:00.000Z'],
    ['2026-12-31T12:00:30', '2026-12-31T12:00:30.000Z'],
    ['2026-12-31T12:00:00+02:00', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31T23:00:00-05:30', '2027-01-01T04:30:00.000Z'],
  ])('%s is %s', (text, time) => {
    expect(parseExpiry(text, now).toISOString()).toBe(time);
  });

  it.each([
    '',
    'tomorrow',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '31.12.2026',
    '2026-12-31T25:00Z',
    '2026-12-31 12:00',
    '2026-02-30T12:00:00Z',
    '1798761600',
    '+012026-12-31',
  ])('%j is refused by name', (text) => {
    expect(() => parseExpiry(text, now)).toThrow(
      expect.objectContaining({ code: 'validation_failed', message: expect.stringMatching(/^expires must be a day/) }),
    );
  });

  it.each(['2026-06-14', '2026-06-15T12:00:00Z', '1999-01-01'])('%s has passed', (text) => {
    expect(() => parseExpiry(text, now)).toThrow(/expires must lie ahead; it is 2026-06-15T12:00:00.000Z now/);
  });
});
