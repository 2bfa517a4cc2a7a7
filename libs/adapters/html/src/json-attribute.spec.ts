import { load } from 'cheerio';
import { readJsonAttribute } from './json-attribute.js';
import type { Page } from './page.js';

const options = { selector: 'x-map', attribute: ':data' };
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const page = (json: string): Page => ({ name: 'page.html', $: load(`<x-map :data="${escape(json)}"></x-map>`) });

describe('JSON in an attribute', () => {
  it('gives a row for each element, by dotted paths', () => {
    const json = '[{"name":"A \\"&amp; B\\"","isolation":{"level":0}},{"name":"C","isolation":[]}]';
    expect(readJsonAttribute(page(json), options, ['isolation.level', 'name'])).toEqual({
      rows: [
        { number: 1, values: ['0', 'A "&amp; B"'] },
        { number: 2, values: [null, 'C'] },
      ],
      rejects: [],
      warnings: [],
    });
  });

  it('is read from an attribute written with apostrophes, entities and capitals', () => {
    const $ = load(`<x-map :Spread-Data='[{"name":"L&#39;Aquila","n":1}]'></x-map>`);
    const spread = { selector: 'x-map', attribute: ':Spread-Data' };
    expect(readJsonAttribute({ name: 'p', $ }, spread, ['name', 'n']).rows).toEqual([
      { number: 1, values: ["L'Aquila", '1'] },
    ]);
  });

  it('keeps numbers as they were written', () => {
    const numbers = ['0.1', '0.10', '-1.50e+3', '12345678901234567890', '0'];
    const json = `[${numbers.map((number) => `{"n": ${number}}`).join(' , ')}]`;
    const { rows } = readJsonAttribute(page(json), options, ['n']);
    expect(rows.map(({ values }) => values[0])).toEqual(numbers);
  });

  it('leaves digits and quotes inside of texts alone', () => {
    const json = String.raw`[{"a1": "x \" 12, \\", "b": "\u0031 2", "c": true, "d": null, "e": " ", "f": "+3 104"}]`;
    const { rows } = readJsonAttribute(page(json), options, ['a1', 'b', 'c', 'd', 'e', 'f']);
    expect(rows[0]?.values).toEqual(['x " 12, \\', '1 2', 'true', null, null, '+3 104']);
  });

  it('finds the array by its path, and keys that have dots', () => {
    const json = '{"data":{"by.day":[{"n.new":1}]}}';
    expect(readJsonAttribute(page(json), { ...options, path: 'data.by.day' }, ['n.new']).rows).toHaveLength(1);
  });

  it('does not read what every object inherits', () => {
    expect(() => readJsonAttribute(page('[{"n":1}]'), options, ['constructor.name'])).toThrow(
      expect.objectContaining({ code: 'column_not_found' }),
    );
  });

  it('takes what one element lacks as blank', () => {
    expect(readJsonAttribute(page('[{"n":1},{"m":2}]'), options, ['n']).rows[1]?.values).toEqual([null]);
  });

  it('names the columns that no element has, and those found', () => {
    expect(() => readJsonAttribute(page('[{"n":1,"o":{"p":2}}]'), options, ['n', 'sick_incr'])).toThrow(
      expect.objectContaining({
        code: 'column_not_found',
        message: expect.stringMatching(/no element has "sick_incr"; found "n", "o\.p"/),
      }),
    );
  });

  it('rejects elements that are no objects, or hold something nested', () => {
    const { rows, rejects } = readJsonAttribute(page('[{"n":1}, 7, {"n":{"m":1}}]'), options, ['n']);
    expect(rows).toEqual([{ number: 1, values: ['1'] }]);
    expect(rejects).toMatchObject([
      { number: 2, code: 'not_an_object', record: '"7"' },
      { number: 3, code: 'nested_value', reason: 'n: expected a value, found an object' },
    ]);
  });

  it.each([
    ['what is not JSON', '[{"n":01}]', undefined, 'json_invalid', /found "\[\{"n":01\}\]"/],
    ['what stops in the middle', '[{"n":1}', undefined, 'json_invalid', /expected JSON/],
    ['what is no array', '{"data":[]}', undefined, 'json_not_found', /found an object in an object \("data"\)/],
    ['a wrong path', '{"data":[]}', 'rows', 'json_not_found', /expected an array at rows, found nothing in an object/],
    ['a path to a value', '{"data":{"n":1}}', 'data.n', 'json_not_found', /found "1" in an object \("data\.n"\)/],
    ['an empty array', '[]', undefined, 'no_rows', /found none/],
    ['an array without objects', '[1]', undefined, 'no_rows', /element 1: expected an object, found "1"/],
  ])('refuses %s', (_, json, path, code, message) => {
    expect(() => readJsonAttribute(page(json), { ...options, path }, ['n'])).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it('refuses a page that has no such element, no such attribute, or several', () => {
    const at = (html: string) => () => readJsonAttribute({ name: 'p', $: load(html) }, options, ['n']);
    expect(at('<p>')).toThrow(/no element there/);
    expect(at('<x-map id="a" data="[]">')).toThrow(/1 elements, with the attributes "id", "data"/);
    expect(at('<x-map :data="[]"></x-map><x-map :data="[]"></x-map>')).toThrow(
      expect.objectContaining({ code: 'ambiguous_json' }),
    );
  });
});
