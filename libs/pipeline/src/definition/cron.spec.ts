import { cronMistake } from './cron.js';

describe('a cron expression', () => {
  it.each([
    '* * * * *',
    '*/5 * * * *',
    '0,30 6-18/2 1-7 jan,Jul mon-fri',
    '59 23 31 12 7',
    ' 0  0 * * SUN ',
    '0 0 29 2 *',
    '0 0 31 2 mon',
  ])('%s is right', (text) => {
    expect(cronMistake(text)).toBeNull();
  });

  it.each([
    ['', 'fields? instead of 5'],
    ['@daily', '1 field instead of 5'],
    ['0 0 * * * *', '6 fields instead of 5'],
    ['60 * * * *', '"60" as minute, which goes from 0 to 59'],
    ['* 24 * * *', 'as hour'],
    ['* * 0 * *', 'as day of the month'],
    ['* * * 13 *', 'as month'],
    ['* * * * 8', 'as day of the week'],
    ['* * * * moon', 'as day of the week'],
    ['5-1 * * * *', 'runs backwards'],
    ['*/0 * * * *', 'a step'],
    ['5/15 * * * *', 'a step follows \\* or a range'],
    ['1,,2 * * * *', '"" as minute'],
    ['1-2-3 * * * *', '"1-2-3" as minute'],
    ['*/5/2 * * * *', 'as minute'],
    ['0 0 L * *', 'as day of the month'],
    ['-1 * * * *', 'as minute'],
    ['0 0 31 2,4 *', 'a day that no month has'],
  ])('%j is wrong: it has %s', (text, message) => {
    expect(cronMistake(text)).toMatch(new RegExp(message));
  });
});
