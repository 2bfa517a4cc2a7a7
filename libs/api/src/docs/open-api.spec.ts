import type { OpenAPIObject } from '@nestjs/swagger';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';
import { lacksOf } from './document-lacks.fixture.js';
import { weirOpenApi } from './open-api.js';
import { operationsOf, responsesOf } from './operations.js';

describe('the OpenAPI document', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await apiUnderTest();
  });
  afterAll(() => api.close());

  const fresh = (): OpenAPIObject => structuredClone(weirOpenApi(api.app));
  const operation = (document: OpenAPIObject, path: string, method: string) =>
    operationsOf(document).find((each) => each.path === path && each.method === method)!.operation;

  it('leaves a reader of no route without descriptions, examples, errors or headers', () => {
    expect(lacksOf(fresh())).toEqual([]);
  });

  it('is served as it is made', async () => {
    const { body } = await api.http.get('/openapi.json').expect(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(fresh())));
  });

  it('has a route for each that the server has, but for the pages of the docs', () => {
    const { router } = api.app.getHttpAdapter().getInstance() as unknown as { router: { stack: readonly Layer[] } };
    const served = router.stack.flatMap(({ route }) => {
      if (route === undefined || /^\/(docs|redoc|openapi\.json|$)/.test(route.path)) return [];
      return Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    });
    const described = operationsOf(fresh()).map(({ path, method }) => `${method} ${path}`);
    expect(served.length).toBeGreaterThan(0);
    expect([...new Set(served)].sort()).toEqual(described.sort());
  });

  it('refers to nothing that it does not have', () => {
    const document = fresh();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(0);
    const found = (path: string) =>
      path.split('/').reduce<unknown>((place, name) => (place as { [name: string]: unknown })?.[name], document);
    expect(references.filter((path) => found(path) === undefined)).toEqual([]);
  });

  it('links only to routes and parameters that there are', () => {
    const operations = operationsOf(fresh()).map(({ operation: each }) => each);
    const links = operations.flatMap((each) =>
      responsesOf(each).flatMap(({ response }) => Object.entries(response.links ?? {})),
    );
    const names = links.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['replace_key', 'next_page', 'run', 'artefacts', 'rejects', 'status']),
    );
    for (const [, link] of links) {
      if ('$ref' in link) throw new Error('links are written out');
      const target = operations.find(({ operationId }) => operationId === link.operationId);
      const known = (target?.parameters ?? []).flatMap((each) => ('name' in each ? [each.name] : []));
      expect(known).toEqual(expect.arrayContaining(Object.keys(link.parameters ?? {})));
    }
  });

  it('keeps what is answered beside a problem, and lists codes once', () => {
    const { response } = responsesOf(operation(fresh(), '/health', 'get')).find(({ status }) => status === '503')!;
    expect(Object.keys(response.content ?? {})).toContain('application/json');
    const codes = response.description.match(/`\w+`/g) ?? [];
    expect(new Set(codes).size).toBe(codes.length);
  });

  // The spec above is worth as much as the holes that it finds.
  it.each<[string, (document: OpenAPIObject) => void, string]>([
    ['a summary', (document) => delete operation(document, '/users', 'post').summary, 'post /users: has no summary'],
    [
      'a tag that is explained',
      (document) => (operation(document, '/users/me', 'get').tags = ['Other']),
      'get /users/me: has not one tag that the document explains',
    ],
    ['a route for each tag', (document) => document.tags!.push({ name: 'Weather' }), 'no route has the tag Weather'],
    [
      'a status',
      (document) => delete operation(document, '/users/me', 'get').responses['401'],
      'get /users/me: 401 is not described',
    ],
    [
      'a header',
      (document) =>
        delete responsesOf(operation(document, '/users/me', 'get')).at(-1)!.response.headers!['Retry-After'],
      'get /users/me: 503 does not name Retry-After',
    ],
    [
      'an example',
      (document) => {
        const [success] = responsesOf(operation(document, '/users', 'post'));
        delete success!.response.content!['application/json']!.example;
      },
      'post /users: 201 application/json has no example',
    ],
    [
      'the words of an error',
      (document) => {
        const conflict = responsesOf(operation(document, '/users', 'post')).find(({ status }) => status === '409')!;
        conflict.response.content!['application/problem+json']!.examples = { email_taken: {} };
      },
      'post /users: 409 the example email_taken is empty',
    ],
    [
      'a closed body',
      (document) =>
        delete (document.components!.schemas!['Credentials'] as { additionalProperties?: boolean })
          .additionalProperties,
      'post /users: the body is not closed',
    ],
    [
      'a description of a field',
      (document) => {
        document.components!.schemas!['Credentials'] = {
          type: 'object',
          properties: { email: { type: 'string' } },
          additionalProperties: false,
        };
      },
      'Credentials.email has no description',
    ],
  ])('is found wanting without %s', (_, spoil, lack) => {
    const document = fresh();
    const before = lacksOf(document);
    spoil(document);
    expect(before).not.toContain(lack);
    expect(lacksOf(document)).toContain(lack);
  });
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: { readonly [method: string]: boolean } };
}
