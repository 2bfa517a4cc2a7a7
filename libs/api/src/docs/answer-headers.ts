/** The headers that answers carry whatever the route, documented once and referred to by each of them; and of requests. */

const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const, example } });
const whole = (description: string, example: number) => ({
  description,
  schema: { type: 'integer' as const, minimum: 0, example },
});

export const answerHeaders = {
  'X-Request-Id': {
    ...text('Names this request in the log: yours, or made here.', '0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f'),
    required: true,
  },
  'X-Correlation-Id': {
    ...text('Names the errand that the request belongs to: yours, or the request’s id.', 'nightly-report-7'),
    required: true,
  },
  'RateLimit-Limit': whole('Requests a minute that are allowed. Absent where limits are off.', 600),
  'RateLimit-Remaining': whole('Requests that are left in this minute.', 599),
  'RateLimit-Reset': whole('Seconds until the minute is over.', 60),
  'Retry-After': { ...whole('Seconds after which trying again may help.', 17), required: true },
  'WWW-Authenticate': { ...text('How to authenticate.', 'ApiKey realm="weir"'), required: true },
  Allow: { ...text('The methods that the path has.', 'GET, HEAD'), required: true },
};

/** What any request may say of itself. A name that is too long or odd for a log is replaced, not refused. */
export const requestHeaders = {
  'X-Request-Id': {
    name: 'X-Request-Id',
    in: 'header' as const,
    description: 'Names this request; up to 128 printable ASCII characters. Made by the server where there is none.',
    schema: { type: 'string', example: '0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f' },
  },
  'X-Correlation-Id': {
    name: 'X-Correlation-Id',
    in: 'header' as const,
    description: 'Names the errand that the request belongs to, in every line of the log; as X-Request-Id.',
    schema: { type: 'string', example: 'nightly-report-7' },
  },
};

export type AnswerHeader = keyof typeof answerHeaders;

const always = ['X-Request-Id', 'X-Correlation-Id'] as const;
const ofLimits = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;
const ofStatus: { readonly [status: string]: readonly AnswerHeader[] } = {
  '401': ['WWW-Authenticate'],
  '405': ['Allow'],
  '429': ['Retry-After'],
  '503': ['Retry-After'],
};

/** References to the headers of an answer with this status. */
export function headersOf(status: string, limited: boolean): { [name: string]: { $ref: string } } {
  const names = [...always, ...(limited ? ofLimits : []), ...(ofStatus[status] ?? [])];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
