import type { OpenAPIObject } from '@nestjs/swagger';
import { referred } from './schema-example.js';
import type { Schema } from './operations.js';

/**
 * Where a value is not what its schema says, one line each. Stricter than the specification: a field that the schema
 * does not name is one too many.
 */
export function deviations(document: OpenAPIObject, schema: Schema, value: unknown, at = 'answer'): string[] {
  if ('$ref' in schema) return deviations(document, referred(document, schema), value, at);
  if (value === null) return schema.nullable === true ? [] : [`${at} is null`];
  const one = schema.allOf?.length === 1 ? schema.allOf[0] : undefined;
  if (one !== undefined) return deviations(document, one, value, at);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) {
    const found = alternatives.map((each) => deviations(document, each, value, at));
    return found.some((each) => each.length === 0) ? [] : found.flat();
  }
  if (schema.enum !== undefined && !(schema.enum as readonly unknown[]).includes(value)) {
    return [`${at} is ${JSON.stringify(value)}, none of ${schema.enum.join(', ')}`];
  }
  if (typeof value === 'string') return textDeviations(schema, value, at);
  if (typeof value === 'number') return numberDeviations(schema, value, at);
  if (typeof value === 'boolean') return schema.type === 'boolean' ? [] : [`${at} is a boolean`];
  if (Array.isArray(value)) {
    const { items, type } = schema;
    if (type !== 'array' || items === undefined) return [`${at} is a list`];
    return value.flatMap((each, index) => deviations(document, items, each, `${at}[${index}]`));
  }
  return objectDeviations(document, schema, value as { readonly [name: string]: unknown }, at);
}

type Plain = Exclude<Schema, { readonly $ref: string }>;

const formats: { readonly [format: string]: RegExp } = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

function textDeviations({ type, format, pattern }: Plain, text: string, at: string): string[] {
  if (type !== 'string') return [`${at} is a text`];
  const rules = [formats[format ?? ''], pattern === undefined ? undefined : new RegExp(pattern, 'u')];
  return rules.some((rule) => rule?.test(text) === false) ? [`${at} is no ${format ?? pattern}: ${text}`] : [];
}

function numberDeviations({ type, minimum, maximum }: Plain, value: number, at: string): string[] {
  const right = type === 'number' || (type === 'integer' && Number.isInteger(value));
  const within = value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
  return right && within ? [] : [`${at} is ${value}`];
}

function objectDeviations(
  document: OpenAPIObject,
  schema: Plain,
  value: { readonly [name: string]: unknown },
  at: string,
): string[] {
  const { type, properties = {}, required = [], additionalProperties } = schema;
  if (type !== 'object') return [`${at} is an object`];
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, field]) => {
      const rule = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
      if (rule === undefined) return additionalProperties === true ? [] : [`${at}.${name} is not described`];
      return deviations(document, rule, field, `${at}.${name}`);
    }),
  ];
}
