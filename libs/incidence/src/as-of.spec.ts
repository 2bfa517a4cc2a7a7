import fc from 'fast-check';
import { readAsOf } from './as-of.js';

describe('the time of a state', () => {
  it.each([
    ['2023-06-01', '2023-06-01T23:59:59.999Z'],
    ['2024-02-29', '2024-02-29T23:59:59.999Z'],
    ['2023-06-01T12:30', '2023-06-01T12:30:00.000Z'],
    ['2023-06-01T12:30:15', '2023-06-01T12:30:15.000Z'],
    ['2023-06-01T12:30:15Z', '2023-06-01T12:30:15.000Z'],
    ['2023-06-01T12:30:15.5Z', '2023-06-01T12:30:15.500Z'],
    ['2023-06-01T12:30:15,25Z', '2023-06-01T12:30:15.250Z'],
    ['2023-06-01T12:30:15.9999999Z', '2023-06-01T12:30:15.999Z'],
    ['2023-06-01T12:30:15+02:00', '2023-06-01T10:30:15.000Z'],
    ['2023-06-01T23:30:00-05:30', '2023-06-02T05:00:00.000Z'],
    ['2023-06-01T12:30+0200', '2023-06-01T10:30:00.000Z'],
    ['2023-06-01T12:30+02', '2023-06-01T10:30:00.000Z'],
    ['0000-01-01T00:00:00+23:59', '-000001-12-31T00:01:00.000Z'],
  ])('takes %s for %s', (text, time) => {
    expect(readAsOf(text)).toEqual(new Date(time));
  });

  it.each([
    '',
    'yesterday',
    '2023-02-30',
    '2023-02-30T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-06-01T24:00:00Z',
    '2023-06-01T12:60:00Z',
    '2023-06-01T12:30:60Z',
    '2023-06-01T12:30:15.Z',
    '2023-06-01T12Z',
    '2023-06-01T12:30:15+25:00',
    '2023-06-01 12:30:15',
    '2023-6-1',
    '20230601T123015Z',
    '1685622615',
    '2023-06-01T12:30:15Z ',
    '2023-06-01T12:30:15Z\n',
    '+002023-06-01',
  ])('refuses %j and says what it takes', (text) => {
    expect(readAsOf(text)).toMatch(/^must be a day that exists, as YYYY-MM-DD, or a time/);
  });

  it.each(['2023-06-01T12:30:15 02:00', '2023-06-01T12:30 0200'])(
    'asks for %%2B where the + of %s was lost',
    (text) => {
      expect(readAsOf(text)).toContain('%2B');
      expect(readAsOf(text)).toContain('space');
    },
  );

  it('reads back any time, at any offset', () => {
    const times = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
    const offsets = fc.integer({ min: -1439, max: 1439 });
    fc.assert(
      fc.property(times, offsets, (time, offset) => {
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, -1);
        expect(readAsOf(local + zone)).toEqual(time);
      }),
    );
  });
});
