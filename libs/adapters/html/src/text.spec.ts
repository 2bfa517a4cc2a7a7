import { load } from 'cheerio';
import { fold, textOf, type Element } from './text.js';

function cell(html: string): Element {
  return load(`<table><tr><td>${html}</td></tr></table>`).root().find('td').get(0)!;
}

describe('text of a cell', () => {
  it.each([
    ['3&nbsp;781', '3 781'],
    ['3\u2009781', '3 781'],
    ['  a \n\t b ', 'a b'],
    ['New<br/>Cases', 'New Cases'],
    ['<b>New</b> <i>Cases</i>', 'New Cases'],
    ['&nbsp;', ''],
    ['co&shy;op\u200b', 'coop'],
  ])('folds %j to %j', (html, text) => {
    expect(textOf(cell(html))).toBe(text);
  });

  it('keeps figures of separate blocks apart', () => {
    expect(textOf(cell('<p>12</p><p>13</p>'))).toBe('12 13');
    expect(textOf(cell('<span>12</span><span>13</span>'))).toBe('1213');
  });

  it('leaves out scripts, styles, comments and what the page hides', () => {
    const html =
      '<!-- 1 --><script>2</script><style>.a{}</style><span style="color:red; DISPLAY : none">3</span><i hidden>4</i>5';
    expect(textOf(cell(html))).toBe('5');
  });

  it('composes letters typed as two characters', () => {
    expect(fold('кра\u0438\u0306')).toBe('кра\u0439');
  });
});
