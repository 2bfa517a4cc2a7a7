import type { OpenAPIObject } from '@nestjs/swagger';
import { problems, type ProblemCode } from '../http/problems.js';
import { answerHeaders, headersOf, requestHeaders } from './answer-headers.js';
import { exampleOf, referred } from './schema-example.js';
import { addLinks } from './links.js';
import { operationsOf, responsesOf, type Media, type Operation, type Response } from './operations.js';
import { problemResponses, problemType } from './problem-responses.js';

/** What any route answers: a body is read, and refused, before anybody looks at the path or the key. */
const ofEveryRoute: readonly ProblemCode[] = [
  'bad_request',
  'malformed_json',
  'body_too_large',
  'unsupported_media_type',
  'internal_error',
];
/** What a route answers that needs a key. */
const ofSecuredRoutes: readonly ProblemCode[] = [
  'missing_api_key',
  'invalid_api_key',
  'too_many_requests',
  'dependency_unavailable',
];

/**
 * Writes into the document what holds for all routes, so that no controller repeats it: general errors, headers of
 * answers, closed bodies, examples of whole answers, links.
 */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  document.servers = [{ url: '/', description: 'Where this document comes from.' }];
  document.components = {
    ...document.components,
    headers: answerHeaders,
    parameters: requestHeaders,
    responses: problemComponent('MethodNotAllowed', 'method_not_allowed'),
  };
  for (const { operation } of operationsOf(document)) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      ...Object.keys(requestHeaders).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ];
    addProblems(operation);
    closeBody(document, operation);
    for (const { status, response } of responsesOf(operation)) {
      response.headers = { ...headersOf(status, isLimited(operation)), ...response.headers };
      addExamples(document, response);
    }
  }
  addLinks(document);
  return document;
}

function isSecured({ security = [] }: Operation): boolean {
  return security.some((each) => 'x-key' in each);
}

function isLimited(operation: Operation): boolean {
  return '429' in operation.responses;
}

/** Adds the errors that the decorators of the route left out, and keeps statuses in order. */
function addProblems(operation: Operation): void {
  const own = responsesOf(operation);
  const codes = [
    ...own.flatMap(({ response }) => codesOf(response)),
    ...ofEveryRoute,
    ...(isSecured(operation) ? ofSecuredRoutes : []),
  ];
  const all = new Map<string, Response>(own.map(({ status, response }) => [status, response]));
  for (const [status, problem] of Object.entries(problemResponses(codes))) {
    const beside = all.get(status);
    // A status may have an answer of another kind beside the problem, as 503 of /health has.
    const said = beside !== undefined && codesOf(beside).length === 0 ? [beside.description] : [];
    all.set(status, {
      ...beside,
      description: [...said, problem.description].join('; '),
      content: { ...beside?.content, ...problem.content },
    });
  }
  operation.responses = Object.fromEntries([...all].sort(([one], [other]) => Number(one) - Number(other)));
}

function codesOf({ content }: Response): ProblemCode[] {
  const examples = content?.[problemType]?.examples ?? {};
  return Object.keys(examples).filter((code): code is ProblemCode => Object.hasOwn(problems, code));
}

/** Unknown fields are refused: the schema of a body says so. */
function closeBody(document: OpenAPIObject, { requestBody }: Operation): void {
  if (requestBody === undefined || '$ref' in requestBody) return;
  for (const media of Object.values(requestBody.content)) {
    if (media.schema === undefined) continue;
    const schema = '$ref' in media.schema ? referred(document, media.schema) : media.schema;
    if (!('$ref' in schema) && schema.properties !== undefined) schema.additionalProperties = false;
    addExample(document, media);
  }
}

function addExamples(document: OpenAPIObject, response: Response): void {
  for (const media of Object.values(response.content ?? {})) addExample(document, media);
}

function addExample(document: OpenAPIObject, media: Media): void {
  if (media.example !== undefined || media.examples !== undefined) return;
  const example = exampleOf(document, media.schema);
  if (example !== undefined) media.example = example;
}

function problemComponent(name: string, code: ProblemCode): { [name: string]: Response } {
  const responses = Object.entries(problemResponses([code]));
  return Object.fromEntries(
    responses.map(([status, response]) => [name, { ...response, headers: headersOf(status, false) }]),
  );
}
