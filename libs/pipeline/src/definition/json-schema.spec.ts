import { z } from 'zod';
import { registry } from './definition.fixture.js';
import { definitionJsonSchema } from './json-schema.js';

type Schema = z.core.JSONSchema.JSONSchema;
const at = (schema: Schema, ...keys: string[]) => keys.reduce((found, key) => found.properties![key] as Schema, schema);

describe('the JSON Schema of a definition', () => {
  const schema = definitionJsonSchema(registry);

  it('has the keys of a definition, and requires those without a default', () => {
    expect(Object.keys(schema.properties!)).toEqual([
      'name',
      'description',
      'dataset',
      'schedule',
      'dictionaries',
      'branches',
      'transforms',
      'sink',
      'max_rejected',
    ]);
    expect(schema.required).toEqual(['name', 'branches', 'sink']);
    expect(schema.additionalProperties).toBe(false);
  });

  it('has one alternative for each kind of source, with its own keys and the shared ones', () => {
    const [csv, html] = at(schema, 'branches', 'update', 'source').oneOf as Schema[];
    expect(at(csv!, 'type')).toEqual({ const: 'csv' });
    expect(csv!.required).toEqual(['type', 'paths', 'columns']);
    expect(Object.keys(html!.properties!)).toEqual([
      'type',
      'url',
      'table',
      'period',
      'columns',
      'ignore',
      'cumulative',
      'total',
      'figures',
      'unknown',
      'fetch',
    ]);
    expect(html!.additionalProperties).toBe(false);
  });

  it('knows the fields of the sink', () => {
    const [csv] = at(schema, 'branches', 'backfill', 'source').oneOf as Schema[];
    expect(Object.keys(at(csv!, 'columns').properties!)).toEqual([
      'region',
      'region_name',
      'date',
      'new_cases',
      'new_deaths',
      'new_recovered',
      'new_hospitalized',
    ]);
  });

  it('gives every alternative of a kind its type', () => {
    const options = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]);
    const { items } = at(
      definitionJsonSchema({ ...registry, transforms: [{ ...registry.transforms[0]!, type: 'choice', options }] }),
      'transforms',
    );
    expect(((items as Schema).oneOf as Schema[]).map(({ required }) => required)).toEqual([
      ['type', 'a'],
      ['type', 'b'],
    ]);
  });

  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
