import fc from 'fast-check';
import { registry, soundDefinition } from './definition.fixture.js';
import { checkDefinition } from './read-definition.js';

const FRAGMENTS = [
  '\n',
  '  ',
  '\t',
  ': ',
  '- ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '&a ',
  '*a',
  '!t ',
  '|\n',
  '>-\n',
  '"',
  "'",
  '#',
  '%',
  '---\n',
  '<<: ',
  '${',
  '}',
  '${X:-y}',
  '$${',
  '\ufeff',
  '\r\n',
  '\0',
  '__proto__',
  'null',
  '1e999',
  'type: csv',
  'columns',
];

async function isAnswered(text: string): Promise<void> {
  const lines = text.split('\n');
  const { plan, problems } = await checkDefinition('demo/pipeline.yaml', text, registry, () => undefined);
  expect(plan === null).toBe(problems.length > 0);
  for (const { line, column, message, expected } of problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toBe('');
    expect(expected).not.toBe('');
  }
}

describe('any text', () => {
  it('is a plan or has problems with a place', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), isAnswered), { numRuns: 300 });
  });

  it('made of the signs of YAML is a plan or has problems', async () => {
    const text = fc.array(fc.constantFrom(...FRAGMENTS, 'a', 'b'), { maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(fc.asyncProperty(text, isAnswered), { numRuns: 500 });
  });

  it('near a definition is a plan or has problems', async () => {
    const edit = fc.tuple(fc.nat(soundDefinition.length), fc.nat(30), fc.constantFrom('', ...FRAGMENTS));
    const text = fc
      .array(edit, { minLength: 1, maxLength: 3 })
      .map((edits) =>
        edits.reduce((before, [at, cut, put]) => before.slice(0, at) + put + before.slice(at + cut), soundDefinition),
      );
    await fc.assert(fc.asyncProperty(text, isAnswered), { numRuns: 100 });
  });

  it('that holds any value as YAML is a plan or has problems', async () => {
    const text = fc
      .jsonValue({ maxDepth: 5 })
      .map((value) => JSON.stringify({ name: 'demo', branches: { update: value }, sink: value }));
    await fc.assert(fc.asyncProperty(text, isAnswered), { numRuns: 200 });
  });
});
