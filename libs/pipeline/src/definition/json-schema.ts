import { z, type ZodType } from 'zod';
import { columnSchema, sharedSchema } from './source.schema.js';
import type { Registry } from './registry.js';
import { branchSchema, definitionSchema, dictionarySchema } from './definition.schema.js';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The JSON Schema (2020-12) of `pipeline.yaml` with the kinds of a registry, for editors and the reference. */
export function definitionJsonSchema(registry: Registry): JsonSchema {
  const fields = registry.sinks.flatMap(({ schema }) => [
    ...schema.series,
    ...schema.labels,
    schema.time,
    ...schema.metrics,
  ]);
  const column = jsonSchema(columnSchema);
  const source = extended(sharedSchema, {
    columns: strict(Object.fromEntries(fields.map((field) => [field, column]))),
  });
  const transforms: JsonSchema = { type: 'array', items: oneOf(registry.transforms.map((kind) => withType(kind))) };
  const branch = extended(branchSchema, {
    source: oneOf(registry.sources.map((kind) => withType(kind, source))),
    transforms,
  });
  const definition = extended(definitionSchema, {
    dictionaries: { type: 'object', additionalProperties: jsonSchema(dictionarySchema) },
    branches: { ...strict({ backfill: branch, update: branch }), minProperties: 1 },
    transforms,
    sink: oneOf(registry.sinks.map((kind) => withType(kind))),
  });
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'pipeline.yaml of Weir', ...definition };
}

function jsonSchema(schema: ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** A schema with the parts put in that it leaves to others. */
function extended(own: ZodType, parts: { readonly [key: string]: JsonSchema }): JsonSchema {
  const schema = jsonSchema(own);
  return { ...schema, properties: { ...schema.properties, ...parts } };
}

function strict(properties: { readonly [key: string]: JsonSchema }): JsonSchema {
  return { type: 'object', properties, additionalProperties: false };
}

function oneOf(schemas: JsonSchema[]): JsonSchema {
  return schemas.length === 1 ? schemas[0]! : { oneOf: schemas };
}

/** A kind's own keys with `type` and the keys it shares; options that are a choice of shapes stay a choice. */
function withType(kind: { type: string; options: ZodType }, shared: JsonSchema = {}): JsonSchema {
  const merge = (own: JsonSchema): JsonSchema => {
    const choice = own.anyOf ?? own.oneOf;
    if (choice) return { oneOf: choice.map((one) => merge(one)) };
    return {
      ...own,
      type: 'object',
      properties: { type: { const: kind.type }, ...own.properties, ...shared.properties },
      required: [...new Set(['type', ...(own.required ?? []), ...(shared.required ?? [])])],
      additionalProperties: false,
    };
  };
  return merge(jsonSchema(kind.options));
}
