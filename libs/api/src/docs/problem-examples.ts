import { problem, type FieldError, type Problem, type ProblemCode } from '../http/problems.js';

const requestId = '0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f';

interface Wording {
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** What a reader of the docs sees under each code: the words that the API itself uses. */
const wordings: { readonly [code in ProblemCode]?: Wording } = {
  validation_failed: atFault('from', 'must be a day that exists, as YYYY-MM-DD'),
  malformed_json: { detail: 'The body is not well-formed JSON.' },
  bad_request: { detail: 'The request cannot be understood.' },
  invalid_cursor: {
    detail: 'cursor belongs to other filters or another order.',
    errors: [{ field: 'cursor', message: 'belongs to other filters or another order' }],
  },
  unknown_region: {
    detail: 'There is no region XB-01; there are XA-01 (Alder), XA-02 (Birch).',
    errors: [{ field: 'region', message: 'is none of XA-01 (Alder), XA-02 (Birch)' }],
  },
  missing_api_key: { detail: 'This needs an API key in the header x-key; POST /users gives one.' },
  invalid_api_key: {
    detail: 'The key in x-key is mistyped, revoked or expired; POST /users/key reissues yours.',
  },
  invalid_credentials: { detail: 'No user has this e-mail and password.' },
  missing_scope: { detail: 'This needs a key with the scope pipelines; an operator can grant one.' },
  not_found: { detail: 'There is nothing at this path; /docs lists what there is.' },
  artefact_missing: {
    detail: 'The files of run 5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f are gone: its folder was removed.',
  },
  method_not_allowed: { detail: 'Allowed here: GET, HEAD.' },
  not_acceptable: {
    detail:
      'Accept allows none of application/json, text/csv and application/x-ndjson; send one of them, or format=json|csv|ndjson.',
  },
  request_timeout: { detail: 'The request did not arrive in time.' },
  headers_too_large: { detail: 'The address and the headers of a request may have 16 KB together.' },
  email_taken: {
    detail: 'ada@example.org is registered already; POST /users/key gives you a new key.',
    errors: [{ field: 'email', message: 'is registered already' }],
  },
  run_ended: {
    detail: 'Run 5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f has ended as succeeded, and cannot be cancelled any more.',
  },
  body_too_large: { detail: 'The body is larger than 1 MB.' },
  unsupported_media_type: { detail: 'The body must be JSON, with Content-Type: application/json.' },
  too_many_requests: { detail: '600 requests a minute of this key are allowed; try again in 17 s.' },
  internal_error: { detail: `Something went wrong here; the log has it under ${requestId}.` },
  dependency_unavailable: { detail: 'Something that this needs cannot be reached; try again in a moment.' },
  not_ready: { detail: 'Waiting for the first load of the pipelines.' },
};

/** A whole problem document of this code, for the docs. Undefined where nobody has worded one: open-api.spec.ts asks. */
export function problemExample(code: ProblemCode): Problem | undefined {
  const wording = wordings[code];
  return wording && problem(code, wording.detail, requestId, wording.errors);
}

function atFault(field: string, message: string): Wording {
  return { detail: `${field} ${message}.`, errors: [{ field, message }] };
}
