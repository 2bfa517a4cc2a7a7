import { findReference, substitute } from './variables.js';

const variables = (name: string) => ({ HOST: 'example.org', EMPTY: '', TRICK: '${HOST}' })[name];
const fill = (text: string) => substitute(text, variables).text;

describe('variables', () => {
  it.each([
    ['http://${HOST}/${HOST}', 'http://example.org/example.org'],
    ['${GONE:-a b/*.csv}', 'a b/*.csv'],
    ['${GONE:-}', ''],
    ['${EMPTY:-default}', 'default'],
    ['[${EMPTY}]', '[]'],
    ['$${HOST} $HOST {HOST}', '${HOST} $HOST {HOST}'],
    ['${TRICK}', '${HOST}'],
  ])('make of %s: %s', (text, expected) => {
    expect(substitute(text, variables)).toEqual({ text: expected, mistakes: [] });
  });

  it.each(['${GONE}', '${}', '${1A}', '${A-b}', '${HOST', '${A:-${B}'])('leave %s as it is, with a mistake', (text) => {
    expect(fill(text)).toBe(text);
    expect(substitute(text, variables).mistakes).toHaveLength(1);
  });

  it('are counted with their escapes, so that a mistake can be found in the text as written', () => {
    const text = '$${A} ${HOST} ${GONE}';
    const [mistake] = substitute(text, variables).mistakes;
    expect(findReference(text, mistake!.index)).toEqual({ offset: 14, length: 7 });
  });
});
