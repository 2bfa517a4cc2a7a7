import createClient, { type Client, type FetchResponse } from 'openapi-fetch';
import type { components, paths } from './generated/weir-api.js';
import { parseNdjson } from './ndjson.js';
import { defaultRetry, retryingFetch, type Fetch, type Retry } from './retrying-fetch.js';
import { problemOf } from './weir-problem.js';

type Json = 'application/json';
type Method = 'get' | 'post';
/** The paths that have a route of this method. */
type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends { readonly [method in M]: object } ? Path : never;
}[keyof paths];
type Operation<M extends Method, Path extends PathsWith<M>> = paths[Path][M] & { readonly responses: object };
/** The JSON that a route answers when all is well. */
export type Answer<M extends Method, Path extends PathsWith<M>> = NonNullable<
  FetchResponse<Operation<M, Path>, object, Json>['data']
>;
type Parameters<M extends Method, Path extends PathsWith<M>> =
  Operation<M, Path> extends { readonly parameters: infer Each } ? Omit<Each, 'cookie' | 'header'> : object;
type Body<M extends Method, Path extends PathsWith<M>> =
  Operation<M, Path> extends { readonly requestBody: { readonly content: { readonly [type in Json]: infer Content } } }
    ? { readonly body: Content }
    : object;
export type Question<M extends Method, Path extends PathsWith<M>> = Parameters<M, Path> &
  Body<M, Path> & { readonly signal?: AbortSignal };
/** A question that needs nothing may be left out. */
type Asked<Q> = object extends Q ? [question?: Q] : [question: Q];

export type IncidenceRow = components['schemas']['IncidenceRow'];
type IncidenceFilter = Omit<
  NonNullable<paths['/covid/incidence']['get']['parameters']['query']>,
  'cursor' | 'format' | 'limit'
>;
/** What to ask of `GET /covid/incidence`; everything is optional. */
export interface IncidenceQuestion extends IncidenceFilter {
  readonly signal?: AbortSignal;
}

export interface WeirClientSettings {
  /** Such as `http://localhost:8000`. */
  readonly baseUrl: string;
  /** As `POST /users` gave it. Without one, only the public routes answer. */
  readonly key?: string;
  /** The platform's, by default. */
  readonly fetch?: Fetch;
  /** How often, and how long, 429 and 503 are waited out; `false` never. */
  readonly retry?: Partial<Retry> | false;
}

/**
 * Every route of a Weir, typed by its OpenAPI document. Whatever is refused is thrown as a `WeirProblem`; that something is down is
 * what `/health` answers, and no refusal.
 */
export interface WeirClient {
  get<Path extends PathsWith<'get'>>(
    path: Path,
    ...question: Asked<Question<'get', Path>>
  ): Promise<Answer<'get', Path>>;
  post<Path extends PathsWith<'post'>>(
    path: Path,
    ...question: Asked<Question<'post', Path>>
  ): Promise<Answer<'post', Path>>;
  /** Asks only for what differs from what was tagged `tag`; null where nothing does. The first time, `tag` is null. */
  getIfChanged<Path extends PathsWith<'get'>>(
    path: Path,
    tag: string | null,
    ...question: Asked<Question<'get', Path>>
  ): Promise<{ readonly tag: string | null; readonly data: Answer<'get', Path> } | null>;
  /** All figures, page by page as they are asked for, of the state that the first page saw. */
  incidence(question?: IncidenceQuestion & { readonly pageSize?: number }): AsyncGenerator<IncidenceRow>;
  /** All figures in one answer, row by row as they arrive: the fastest for very many. */
  incidenceStream(question?: IncidenceQuestion): AsyncGenerator<IncidenceRow>;
  /** All figures as CSV, in bytes as they arrive. */
  incidenceCsv(question?: IncidenceQuestion): Promise<ReadableStream<Uint8Array>>;
}

/** Needs `fetch` and streams: Node 20 or newer, or a browser. */
export function createWeirClient({ baseUrl, key, fetch: send, retry = {} }: WeirClientSettings): WeirClient {
  const once: Fetch = send ?? ((request) => fetch(request));
  const api = createClient<paths, Json>({
    baseUrl,
    fetch: retry === false ? once : retryingFetch(once, { ...defaultRetry, ...retry }),
    headers: key === undefined ? {} : { 'x-key': key },
    // `metrics` is a list with commas, `region` is repeated: the serialiser gets the first joined.
    querySerializer: { array: { style: 'form', explode: true } },
  });
  api.use({
    onResponse: async ({ response, schemaPath }) => {
      if (response.status < 400) return;
      if (schemaPath === '/health' && response.status === 503) {
        // What is down is told with 503, and that is the answer all the same.
        const body: unknown = await response
          .clone()
          .json()
          .catch(() => null);
        if (isHealth(body)) return Response.json(body);
      }
      throw await problemOf(response);
    },
  });

  const figures = async (format: 'csv' | 'ndjson', { signal, ...query }: IncidenceQuestion) => {
    const { response } = await api.GET('/covid/incidence', {
      params: { query: spelt({ ...query, format }) },
      parseAs: 'stream',
      ...(signal && { signal }),
    });
    if (response.body === null) throw await problemOf(response);
    return response.body;
  };

  const get: WeirClient['get'] = async (path, ...[question]) => (await ask(api, 'GET', path, question)).data as never;
  return {
    get,
    post: async (path, ...[question]) => (await ask(api, 'POST', path, question)).data as never,
    getIfChanged: async (path, tag, ...[question]) => {
      const { data, response } = await ask(api, 'GET', path, question, tag === null ? {} : { 'If-None-Match': tag });
      if (response.status === 304) return null;
      return { tag: response.headers.get('etag'), data: data as never };
    },
    async *incidence({ signal, pageSize = 10_000, ...query } = {}) {
      let cursor: string | null = null;
      do {
        const page: components['schemas']['IncidencePage'] = await get('/covid/incidence', {
          query: { ...query, limit: pageSize, ...(cursor !== null && { cursor }) },
          ...(signal && { signal }),
        });
        yield* page.data;
        cursor = page.next_cursor;
      } while (cursor !== null);
    },
    async *incidenceStream(question = {}) {
      yield* parseNdjson<IncidenceRow>(await figures('ndjson', question));
    },
    incidenceCsv: (question = {}) => figures('csv', question),
  };
}

function isHealth(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'dependencies' in body;
}

interface LooseQuestion {
  readonly query?: object;
  readonly path?: object;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The one place where the types of a route are let go: they were checked where the question was asked. */
function ask(
  api: Client<paths, Json>,
  method: 'GET' | 'POST',
  path: string,
  { query = {}, path: inPath = {}, body, signal }: LooseQuestion = {},
  headers: { readonly [name: string]: string } = {},
): Promise<{ data?: unknown; response: Response }> {
  const request = api.request as (method: string, path: string, init: object) => ReturnType<typeof ask>;
  return request(method.toLowerCase(), path, {
    params: { query: spelt(query), path: inPath },
    headers,
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
}

/** `metrics` goes out as one text with commas, as the document says; other lists repeat their name. */
function spelt(query: object): object {
  return 'metrics' in query && Array.isArray(query.metrics) ? { ...query, metrics: query.metrics.join(',') } : query;
}
