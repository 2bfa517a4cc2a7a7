import { jest } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { incidenceFigure } from '@weir/testing';
import fc from 'fast-check';
import { apiUnderTest, type ApiUnderTest } from '../../test/api-under-test.js';
import { isProblemCode, problems } from '../http/problems.js';
import { deviations } from './conforms.fixture.js';
import { weirOpenApi } from './open-api.js';
import { operationsOf, responsesOf, type Operation } from './operations.js';
import { requestsOf, type RandomRequest } from './random-requests.fixture.js';

/** Requests of each route and key. tools/fuzz.mjs asks far more, of the whole system. */
const numRuns = 25;
/** A NUL, or bytes that are no UTF-8. */
const unreadable = /%00|%ED%A0%80/;
// A thousand requests, on whatever machine.
jest.setTimeout(60_000);

describe('requests that nobody thought of', () => {
  let api: ApiUnderTest;
  let address: string;
  let document: OpenAPIObject;
  let key: string;

  beforeAll(async () => {
    api = await apiUnderTest();
    address = await api.app.getUrl();
    document = JSON.parse(JSON.stringify(weirOpenApi(api.app))) as OpenAPIObject;
    key = (await api.operator.createKey('ada@example.org', ['data', 'pipelines'])).api_key;
    const days = ['2023-05-15', '2023-05-16', '2023-05-17'];
    for (const region of ['XA-01', 'XA-02']) {
      api.incidence.commit(
        'covid',
        days.map((date) => incidenceFigure({ region, date })),
      );
    }
  });
  afterAll(() => api.close());

  const send = (method: string, { path, ...request }: RandomRequest, own: { readonly 'x-key'?: string }) =>
    fetch(`${address}${path}`, { method: method.toUpperCase(), ...request, headers: { ...request.headers, ...own } });

  const ask = async (
    own: () => { readonly 'x-key'?: string },
    look: (each: { request: RandomRequest; operation: Operation; answer: Response; body: string }) => void,
  ) => {
    const operations = operationsOf(document);
    expect(operations.length).toBeGreaterThan(0);
    for (const { path, method, operation } of operations) {
      await fc.assert(
        fc.asyncProperty(requestsOf(document, path, operation), async (request) => {
          const answer = await send(method, request, own());
          look({ request, operation, answer, body: await answer.text() });
        }),
        { numRuns, seed: 20230515 },
      );
    }
  };

  it('are answered as the document says, with whole answers or with problems, never with a failure of ours', async () => {
    const answered = new Set<string | undefined>();
    await ask(
      () => ({ 'x-key': key }),
      ({ operation, answer, body }) => {
        if (answer.ok) answered.add(operation.operationId);
        expect(Object.keys(operation.responses)).toContain(String(answer.status));
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers.get('x-request-id')).toBeTruthy();
        if (answer.status >= 400) expect(problemDeviations(document, answer, body)).toEqual([]);
        else expect(answerDeviations(document, operation, answer, body)).toEqual([]);
      },
    );
    // What names a thing in its path finds nothing, and nobody knows a password; of all others some must have been right.
    const plain = operationsOf(document).filter(({ path }) => !path.includes('{') && path !== '/users/key');
    expect([...answered]).toEqual(expect.arrayContaining(plain.map(({ operation }) => operation.operationId)));
  });

  it.each([
    ['no key', () => ({})],
    [
      'a key that nobody made',
      () => ({ 'x-key': 'weir_a1B2c3D4_0YyWc7kYb2mT4rHq9LxVnP5sZeJgUd8fAoRi3KtBw61_5d2c8f0e' }),
    ],
    ['another secret under a known id', () => ({ 'x-key': key.replace(/_(\w)(\w+)_/, '_$2$1_') })],
  ])('are turned away from every route that needs a key, with %s', async (_, own) => {
    let turnedAway = 0;
    await ask(own, ({ request, operation, answer, body }) => {
      if (operation.security === undefined) return;
      // A path that cannot be read is refused before anybody asks for a key.
      expect(unreadable.test(request.path.split('?')[0]!) ? 400 : 401).toBe(answer.status);
      expect(problemDeviations(document, answer, body)).toEqual([]);
      turnedAway++;
    });
    expect(turnedAway).toBeGreaterThanOrEqual(numRuns);
  });
});

function problemDeviations(document: OpenAPIObject, answer: Response, text: string): string[] {
  const body = JSON.parse(text) as { code: string; status: number; request_id: string };
  return [
    ...deviations(document, { $ref: '#/components/schemas/Problem' }, body),
    ...(answer.headers.get('content-type') === 'application/problem+json' ? [] : ['is of another type']),
    ...(isProblemCode(body.code) && problems[body.code].status === answer.status
      ? []
      : [`${body.code} has another status`]),
    ...(body.status === answer.status ? [] : ['says another status']),
    ...(body.request_id === answer.headers.get('x-request-id') ? [] : ['says another request id']),
  ];
}

function answerDeviations(document: OpenAPIObject, operation: Operation, answer: Response, text: string): string[] {
  const described =
    responsesOf(operation).find(({ status }) => status === String(answer.status))?.response.content ?? {};
  if (text === '') return Object.keys(described).length === 0 || answer.status === 304 ? [] : ['is empty'];
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const media = Object.entries(described).find(([name]) => name.split(';')[0] === type)?.[1];
  if (media?.schema === undefined) return [`has the type ${type}, which is not described`];
  return type === 'application/json' ? deviations(document, media.schema, JSON.parse(text)) : [];
}
