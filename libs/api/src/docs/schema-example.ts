import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from './operations.js';

/**
 * An example value of a schema, put together from those of its fields: explicit examples, defaults, the first allowed
 * value. Undefined where a required part has none, so that open-api.spec.ts finds it.
 */
export function exampleOf(document: OpenAPIObject, schema: Schema | undefined): unknown {
  if (schema === undefined) return undefined;
  if ('$ref' in schema) return exampleOf(document, referred(document, schema));
  if (schema.example !== undefined) return schema.example as unknown;
  if (schema.default !== undefined) return schema.default as unknown;
  if (schema.enum !== undefined) return (schema.enum as readonly unknown[])[0];
  const parts = schema.allOf ?? schema.oneOf?.slice(0, 1) ?? schema.anyOf?.slice(0, 1);
  if (parts !== undefined) {
    const values = parts.map((part) => exampleOf(document, part));
    return values.every(isObject) ? (Object.assign({}, ...values) as unknown) : values[0];
  }
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(document, field)]);
    return fields.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(fields) as unknown);
  }
  if (schema.type === 'array') {
    const item = exampleOf(document, schema.items);
    return item === undefined ? undefined : [item];
  }
  return schema.nullable === true ? null : undefined;
}

export function referred(document: OpenAPIObject, { $ref }: { readonly $ref: string }): Schema {
  const found = document.components?.schemas?.[$ref.replace('#/components/schemas/', '')];
  if (found === undefined) throw new Error(`the OpenAPI document refers to ${$ref}, which it does not have`);
  return found;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
