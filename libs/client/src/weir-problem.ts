import type { components } from './generated/weir-api.js';

type Problem = components['schemas']['Problem'];
/** Every stable code that the API has, and what this client says where an answer was not the API's. */
export type WeirProblemCode = Problem['code'] | 'not_an_answer_of_weir';

/** The API refused, or could not answer: a problem document (RFC 9457) as an error. */
export class WeirProblem extends Error {
  override readonly name = 'WeirProblem';

  constructor(
    /** What is wrong, for programs; stable. */
    readonly code: WeirProblemCode,
    /** Of HTTP. */
    readonly status: number,
    /** What is wrong, for people. */
    readonly detail: string,
    /** Names the request in the log of the API; null where a proxy answered. */
    readonly request_id: string | null,
    /** The parameters or fields at fault. */
    readonly errors: readonly components['schemas']['FieldError'][] = [],
  ) {
    super(`${code}: ${detail}`);
  }
}

/** What a response with a status of 400 or more says. Something between here and the API may have answered in its stead. */
export async function problemOf(response: Response): Promise<WeirProblem> {
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (typeof body?.code !== 'string' || typeof body.detail !== 'string') {
    const detail = `${response.url} answered ${response.status} without a problem document; is it the address of a Weir?`;
    return new WeirProblem('not_an_answer_of_weir', response.status, detail, response.headers.get('x-request-id'));
  }
  return new WeirProblem(body.code, response.status, body.detail, body.request_id ?? null, body.errors);
}
