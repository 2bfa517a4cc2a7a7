import { readQuestion, writeQuestion, type FiguresQuestion } from './question.js';

const asked: FiguresQuestion = {
  regions: ['XA-01', 'A & B'],
  metric: 'new_deaths',
  interval: 'week',
  from: '2023-01-01',
  to: '2023-06-30',
  asOf: '2023-07-01',
};
const nothing: FiguresQuestion = {
  regions: [],
  metric: 'new_cases',
  interval: 'day',
  from: null,
  to: null,
  asOf: null,
};

it.each([asked, { ...asked, asOf: '2023-07-01T12:30:00.5Z' }, nothing])(
  'is the same after a way through the address',
  (question) => {
    expect(readQuestion(new URLSearchParams(writeQuestion(question).toString()))).toEqual(question);
  },
);

it('leaves out of the address what is at its default', () => {
  expect(writeQuestion(nothing).toString()).toBe('');
});

it('reads nonsense as the default, a region only once, and no more regions than there are colours', () => {
  const text = 'metric=toString&interval=year&from=2023-02-30&to=x&as_of=';
  expect(readQuestion(new URLSearchParams(text))).toEqual(nothing);
  const many = Array.from({ length: 12 }, (_, n) => `region=R${n}&region=R${n}`).join('&');
  expect(readQuestion(new URLSearchParams(many)).regions).toEqual(['R0', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7']);
});
