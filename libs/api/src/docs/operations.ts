import type { OpenAPIObject } from '@nestjs/swagger';

// The package exports the document's type alone: those of its parts are read off it.
export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ResponseOrReference = NonNullable<Operation['responses'][string]>;
export type Response = Exclude<ResponseOrReference, { readonly $ref: string }>;
export type Media = NonNullable<Response['content']>[string];
export type Schema = NonNullable<Media['schema']>;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Every operation of the document, with where it stands. */
export function operationsOf(
  document: OpenAPIObject,
): { readonly path: string; readonly method: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
}

/** The answers that stand in the operation itself; none of ours is a reference. */
export function responsesOf({ responses }: Operation): { readonly status: string; readonly response: Response }[] {
  return Object.entries(responses).flatMap(([status, response]) =>
    response === undefined || '$ref' in response ? [] : [{ status, response }],
  );
}
