/** Every error that leaves the API: its stable code, status and title. */
export const problems = {
  validation_failed: { status: 400, title: 'A parameter or field is wrong' },
  malformed_json: { status: 400, title: 'The body is no JSON' },
  bad_request: { status: 400, title: 'The request cannot be understood' },
  invalid_cursor: { status: 400, title: 'The cursor cannot be used' },
  unknown_region: { status: 400, title: 'There is no such region' },
  missing_api_key: { status: 401, title: 'An API key is needed' },
  invalid_api_key: { status: 401, title: 'The API key is not valid' },
  invalid_credentials: { status: 401, title: 'E-mail or password is wrong' },
  missing_scope: { status: 403, title: 'The key lacks a scope' },
  not_found: { status: 404, title: 'There is nothing here' },
  artefact_missing: { status: 404, title: 'The files of this run are gone' },
  method_not_allowed: { status: 405, title: 'This method cannot be used here' },
  not_acceptable: { status: 406, title: 'No format that there is is accepted' },
  request_timeout: { status: 408, title: 'The request took too long' },
  email_taken: { status: 409, title: 'The e-mail is taken' },
  run_ended: { status: 409, title: 'The run has ended' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body is of a kind that is not understood' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal_error: { status: 500, title: 'Something went wrong here' },
  dependency_unavailable: { status: 503, title: 'Something that Weir depends on cannot be reached' },
  not_ready: { status: 503, title: 'Not ready yet' },
} as const;

export type ProblemCode = keyof typeof problems;

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** The body of every error, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

export function problem(code: ProblemCode, detail: string, requestId: string, errors?: readonly FieldError[]): Problem {
  const { status, title } = problems[code];
  return {
    type: `urn:weir:problem:${code}`,
    title,
    status,
    detail,
    code,
    request_id: requestId,
    ...(errors !== undefined && { errors }),
  };
}
