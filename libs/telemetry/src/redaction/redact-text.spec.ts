import fc from 'fast-check';
import { redactText } from './redact-text.js';

const secret = 'hunter2';
const key = 'weir_Ab3dEf9h_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg_0a1b2c3d';
const hash = '$2b$12$abcdefghijklmnopqrstuuJ0Qw8r0bB7iD3lYkYq6mYxQyS1m2n3o';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';

describe('a text with a secret', () => {
  it.each([
    [
      'an API key keeps its id',
      `key ${key}, twice: ${key}`,
      'key weir_Ab3dEf9h_[redacted], twice: weir_Ab3dEf9h_[redacted]',
    ],
    ['an API key that lost a character', key.slice(0, -12), 'weir_Ab3dEf9h_[redacted]'],
    [
      'an API key that lost its underscores',
      key.replaceAll('_', '').replace('weir', 'weir_'),
      'weir_Ab3dEf9h_[redacted]',
    ],
    ['a URL', 'to postgres://ada:hunter2@db:5432/weir failed', 'to postgres://[redacted]@db:5432/weir failed'],
    ['a URL with an unescaped password', 'mysql://ada:hun@t/e?r#2@db/x', 'mysql://[redacted]@db/x'],
    ['a URL without a user', 'redis://:hunter2@cache', 'redis://[redacted]@cache'],
    ['a URL with a token for a user', 'https://hunter2@git.example/x.git', 'https://[redacted]@git.example/x.git'],
    ['two URLs', 'a://u:hunter2@h1,b://u:hunter2@h2', 'a://[redacted]@h2'],
    ['a query', 'GET /x?token=hunter2&page=2', 'GET /x?token=[redacted]&page=2'],
    ['a query with an escaped name', '/x%3Fpass=hunter2&a=1', '/x%3Fpass=[redacted]&a=1'],
    ['a presigned URL', 'https://s3/x?X-Amz-Signature=hunter2&a=b', 'https://s3/x?X-Amz-Signature=[redacted]&a=b'],
    ['settings', 'host=db password=hunter2 user=ada', 'host=db password=[redacted] user=ada'],
    ['quoted settings', `password='hun ter2' user=ada`, `password='[redacted]' user=ada`],
    ['the environment', 'PASS1=hunter2\nHOST1=db', 'PASS1=[redacted]\nHOST1=db'],
    ['JSON', '{"email":"a@b.c","password":"hunt\\"er2","n":1}', '{"email":"a@b.c","password":"[redacted]","n":1}'],
    [
      'JSON in JSON',
      '{"body":"{\\"password\\":\\"hunter2\\",\\"n\\":1}"}',
      '{"body":"{\\"password\\":\\"[redacted]\\",\\"n\\":1}"}',
    ],
    ['JSON that was cut off', '{"password":"hunter2', '{"password":"[redacted]'],
    ['a nested value', '"cookies": {"a": "hunter2", "b": 1}', '"cookies": [redacted]'],
    ['an object of JavaScript', `{ password: 'hunter2', n: 1 }`, `{ password: '[redacted]', n: 1 }`],
    ['a hash of Ruby', '"password"=>"hunter2", "n"=>1', '"password"=>"[redacted]", "n"=>1'],
    ['YAML', 'user: ada\npassword: hunter2\nport: 1', 'user: ada\npassword: [redacted]\nport: 1'],
    ['a header', 'x-key: hunter2 hunter2\nhost: h', 'x-key: [redacted]\nhost: h'],
    ['a header with a scheme', 'Authorization: Basic aHVudGVyMg==', 'Authorization: [redacted]'],
    ['cookies', 'Cookie: a=hunter2; b=hunter2\r\nHost: h', 'Cookie: [redacted]\r\nHost: h'],
    ['a bearer', 'sent Bearer hunter2, refused', 'sent Bearer [redacted], refused'],
    ['basic authentication', 'sent Basic YWRhOmh1bnRlcjI=', 'sent Basic [redacted]'],
    ['a web token', `was ${jwt} then`, 'was [redacted] then'],
    ['a bcrypt hash', `stored ${hash}.`, 'stored [redacted]'],
    ['SQL', `ALTER USER ada PASSWORD 'hun''ter2'; SELECT 1`, 'ALTER USER ada PASSWORD [redacted]; SELECT 1'],
    [
      'SQL of ClickHouse',
      `CREATE USER a IDENTIFIED WITH sha256_password BY 'hunter2'`,
      'CREATE USER a IDENTIFIED WITH sha256_password BY [redacted]',
    ],
    [
      'a private key',
      '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----\nnext',
      '[redacted]\nnext',
    ],
    ['a private key that was cut off', '-----BEGIN PRIVATE KEY-----\nhunter2', '[redacted]'],
    ['a key in a query keeps its id', `?api_key=${key}&a=1`, '?api_key=weir_Ab3dEf9h_[redacted]&a=1'],
  ])('loses it: %s', (_, text, clean) => {
    expect(redactText(text)).toBe(clean);
    expect(redactText(clean)).toBe(clean);
  });

  it.each([
    'GET /covid/incidence?region=XA-01&from=2023-05-14 200 in 3 ms',
    'invalid_api_key: The key in x-key is mistyped, revoked or expired',
    'password must have at least 8 characters',
    'column "token" does not exist at character 12',
    'file:///srv/weir/node_modules/@nestjs/core/router/router-proxy.js:9:23',
    '    at KeyService.authenticate (/srv/libs/accounts/src/keys/password.ts:12:5)',
    'https://example.org/a@b/c?mail=ada',
    'weir_run_last_success_timestamp_seconds and weir_http_requests_total',
    'a bare @ and a :// and = and : and ""',
    'duplicate key value violates unique constraint "users_pkey"',
    '2026-11-21T12:41:52.123Z ada@example.org XA-01',
  ])('is left alone where it has none: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('whatever stands around a secret', () => {
  /** Of letters that no surrounding text has, so that finding it is finding the secret. */
  const secrets = fc.string({ unit: fc.constantFrom('Ж', 'Ю', 'Я', 'Щ'), minLength: 6, maxLength: 40 });
  const around = fc.string({ unit: fc.constantFrom(...'ab1 _-.:;,=&?/@%"\'\\{}[]()\n\t$€'), maxLength: 40 });
  const names = fc.constantFrom('password', 'db_password', 'token', 'client_secret', 'PASS1', 'passwd', 'access_token');
  const shapes: readonly ((name: string, secret: string) => string)[] = [
    (name, secret) => `?${name}=${secret}`,
    (name, secret) => `"${name}":"${secret}"`,
    (name, secret) => `"${name}": "${secret} ${secret}"`,
    (name, secret) => `\\"${name}\\":\\"${secret}\\"`,
    (name, secret) => `'${name}': '${secret}'`,
    (name, secret) => ` ${name}: ${secret}`,
    (_, secret) => `postgres://ada:${secret}@db`,
    (_, secret) => ` Bearer ${secret}`,
    (_, secret) => `\nx-key: ${secret} ${secret}\n`,
  ];

  it('it is not seen', () => {
    fc.assert(
      fc.property(around, around, names, secrets, fc.constantFrom(...shapes), (before, after, name, secret, shape) => {
        expect(redactText(`${before} ${shape(name, secret)} ${after}`)).not.toContain(secret);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a very long text', () => {
  // An expression that goes back would take minutes to years for these; Jest gives up after seconds.
  const fragments = fc.array(
    fc.constantFrom(
      ...[
        'a',
        'weir_',
        'password',
        'password=',
        'token:',
        'Bearer',
        ' ',
        '\t',
        '://',
        ':',
        '@',
        '\\',
        '"',
        "'",
        '$2b$12$',
        'eyJ',
      ],
      ...[
        '.',
        '-',
        '%',
        '=',
        "password '",
        '-----BEGIN PRIVATE KEY-----',
        '-----END ',
        'x-key:',
        '{',
        'identified with ',
        '1',
        'A',
      ],
    ),
    { minLength: 1, maxLength: 4 },
  );

  it('is read in time that grows with its length', () => {
    fc.assert(
      fc.property(fragments, fragments, (repeated, last) => {
        const text = repeated.join('').repeat(200_000 / repeated.join('').length) + last.join('');
        expect(redactText(text).length).toBeLessThanOrEqual(text.length + 11 * 200_000);
      }),
      { numRuns: 60 },
    );
  });

  it('loses a secret wherever it stands', () => {
    const filler = 'word '.repeat(50_000);
    expect(redactText(`${filler}password=${secret} ${filler}`)).toBe(`${filler}password=[redacted] ${filler}`);
  });
});
