import type { OpenAPIObject } from '@nestjs/swagger';
import { problems, type ProblemCode } from '../http/problems.js';
import { operationsOf, responsesOf, type Operation, type Response } from './operations.js';
import { problemType } from './problem-responses.js';
import { exampleOf } from './schema-example.js';

/** Whose answer says how things are, also where the status is one of an error. */
const saysItself = new Set(['health_health']);
const isProblem = ({ content = {} }: Response) => problemType in content;

/** What a reader of the document would miss, one line each: empty where it is complete. */
export function lacksOf(document: OpenAPIObject): string[] {
  const tags = document.tags?.map(({ name }) => name) ?? [];
  const used = new Set(operationsOf(document).flatMap(({ operation }) => operation.tags ?? []));
  const ids = operationsOf(document).map(({ operation }) => operation.operationId);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the operation id ${id} is there twice`),
    ...tags.filter((tag) => !used.has(tag)).map((tag) => `no route has the tag ${tag}`),
    ...operationsOf(document).flatMap(({ path, method, operation }) =>
      [
        ...ofOperation(operation, tags),
        ...ofParameters(document, path, operation),
        ...ofBody(document, operation),
        ...ofStatuses(operation),
        ...responsesOf(operation).flatMap(({ status, response }) => ofResponse(status, response, operation)),
      ].map((lack) => `${method} ${path}: ${lack}`),
    ),
    ...ofSchemas(document),
  ];
}

function ofOperation({ summary, description, operationId, tags = [] }: Operation, known: readonly string[]): string[] {
  return [
    ...missing({ summary, description, operationId }),
    ...(tags.length === 1 && known.includes(tags[0] ?? '') ? [] : ['has not one tag that the document explains']),
  ];
}

function ofParameters(document: OpenAPIObject, path: string, { parameters = [] }: Operation): string[] {
  const named = parameters.flatMap((parameter) => ('$ref' in parameter ? [] : [parameter]));
  const inPath = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name);
  return [
    ...inPath
      .filter((name) => !named.some((each) => each.in === 'path' && each.name === name && each.required))
      .map((name) => `the path's parameter ${name} is not described`),
    ...named.flatMap(({ name, description, schema, example }) => {
      // A cursor is made by the answer before: an invented one would only be refused by whoever tries it out.
      const shown = name === 'cursor' || example !== undefined || exampleOf(document, schema) !== undefined;
      return [...missing({ description, schema }), ...(shown ? [] : ['has no example'])].map(
        (lack) => `parameter ${name}: ${lack}`,
      );
    }),
  ];
}

function ofBody(document: OpenAPIObject, { requestBody }: Operation): string[] {
  if (requestBody === undefined || '$ref' in requestBody) return [];
  return Object.values(requestBody.content).flatMap(({ schema, example, examples }) => {
    const name = schema && '$ref' in schema ? schema.$ref.replace('#/components/schemas/', '') : '';
    const body = document.components?.schemas?.[name];
    return [
      ...(example === undefined && examples === undefined ? ['the body has no example'] : []),
      ...(body && !('$ref' in body) && body.additionalProperties === false ? [] : ['the body is not closed']),
    ];
  });
}

function ofStatuses(operation: Operation): string[] {
  const secured = operation.security?.some((each) => 'x-key' in each) === true;
  const given = Object.keys(operation.responses);
  const wanted = ['400', '413', '415', '500', ...(secured ? ['401', '429', '503'] : [])];
  return [
    ...wanted.filter((status) => !given.includes(status)).map((status) => `${status} is not described`),
    ...(given.some((status) => status.startsWith('2')) ? [] : ['no success is described']),
  ];
}

function ofResponse(status: string, response: Response, { responses, operationId }: Operation): string[] {
  const wanted = [
    'X-Request-Id',
    'X-Correlation-Id',
    ...('429' in responses ? ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] : []),
    ...(status === '429' || status === '503' ? ['Retry-After'] : []),
    ...(status === '401' ? ['WWW-Authenticate'] : []),
  ];
  const content = Object.entries(response.content ?? {});
  return [
    ...missing({ description: response.description }),
    ...wanted.filter((name) => !(name in (response.headers ?? {}))).map((name) => `does not name ${name}`),
    ...(status === '304' || content.length > 0 ? [] : ['has no content']),
    ...(Number(status) >= 400 && !isProblem(response) && !saysItself.has(operationId ?? '')
      ? ['is no problem document']
      : []),
    ...content.flatMap(([type, { schema, example, examples = {} }]) => [
      ...(schema === undefined ? [`${type} has no schema`] : []),
      ...(example === undefined && Object.keys(examples).length === 0 ? [`${type} has no example`] : []),
      ...Object.entries(examples).flatMap(([name, each]) =>
        '$ref' in each || each.value !== undefined ? [] : [`the example ${name} is empty`],
      ),
      ...(type === problemType ? ofCodes(status, Object.keys(examples)) : []),
    ]),
  ].map((lack) => `${status} ${lack}`);
}

function ofCodes(status: string, codes: readonly string[]): string[] {
  return codes
    .filter((code) => String(problems[code as ProblemCode]?.status) !== status)
    .map((code) => `shows ${code}, which has another status or none`);
}

/** Every field says what it is, unless its values do, or the schema that it refers to. */
function ofSchemas({ components }: OpenAPIObject): string[] {
  return Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) => {
    if ('$ref' in schema) return [];
    return Object.entries(schema.properties ?? {}).flatMap(([field, property]) => {
      const says = '$ref' in property || property.description !== undefined || property.enum !== undefined;
      return says ? [] : [`${name}.${field} has no description`];
    });
  });
}

function missing(parts: { readonly [part: string]: unknown }): string[] {
  return Object.entries(parts).flatMap(([part, value]) =>
    value === undefined || value === '' ? [`has no ${part}`] : [],
  );
}
