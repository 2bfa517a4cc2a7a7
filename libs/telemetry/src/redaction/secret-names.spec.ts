import { isSecretName } from './secret-names.js';

describe('the name of a secret', () => {
  it.each([
    ...[
      'password',
      'Password',
      'db_password',
      'dbPassword',
      'DB_PASSWORD',
      'CLICKHOUSE_PASSWORD',
      'dbpassword',
      'passwd',
    ],
    ...['pwd', 'PASS1', 'pass12', 'passphrase', 'api_key', 'apiKey', 'API-KEY', 'apikey', 'x-key', 'X-Key', 'xkey'],
    ...[
      'headers.x-key',
      'authorization',
      'Proxy-Authorization',
      'cookie',
      'set-cookie',
      'cookies',
      'secret',
      'client_secret',
    ],
    ...[
      'AWS_SECRET_ACCESS_KEY',
      'token',
      'access_token',
      'csrfToken',
      'refreshToken2',
      'private_key',
      'credentials',
      'jwt',
    ],
    ...['X-Amz-Signature', 'sig', `${'long_'.repeat(1000)}password`],
  ])('is %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    ...['email', 'key_id', 'key', 'keys', 'region', 'path', 'author', 'passed', 'compass', 'run_id', 'correlation_id'],
    ...['primary_key', 'index_key', 'next_cursor', 'pipeline', 'assignment', 'keyboard', '', '1', '-', 'sigma'],
  ])('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
