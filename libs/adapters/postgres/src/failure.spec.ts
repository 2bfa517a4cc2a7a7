import { WeirError } from '@weir/pipeline';
import { isUniqueViolation, postgresFailure } from './failure.js';

const coded = (code: string, message = 'failed') => Object.assign(new Error(message), { code });

describe('failures of PostgreSQL', () => {
  it.each(['ECONNREFUSED', 'ENOENT', '08006', '57P01', '53300', '28P01', '3D000'])(
    '%s: it cannot be reached',
    (code) => {
      expect(postgresFailure(coded(code))).toMatchObject({ code: 'dependency_unavailable', retryable: true });
    },
  );

  it('cannot be reached where pg says so without a code', () => {
    const terminated = new Error('Connection terminated unexpectedly');
    expect(postgresFailure(terminated)).toMatchObject({ code: 'dependency_unavailable', cause: terminated });
  });

  it.each(['42P01', '23505', '22021'])('%s: a query is wrong, and trying again would not help', (code) => {
    expect(postgresFailure(coded(code))).toMatchObject({ code: 'query_failed', retryable: false });
  });

  it('looks inside what TypeORM wrapped', () => {
    const wrapped = Object.assign(new Error('query failed'), { driverError: coded('57P03') });
    expect(postgresFailure(wrapped).code).toBe('dependency_unavailable');
    const violation = Object.assign(coded('23505'), { constraint: 'users_email_folded_key' });
    expect(isUniqueViolation({ driverError: violation }, 'users_email_folded_key')).toBe(true);
    expect(isUniqueViolation({ driverError: violation }, 'api_keys_pkey')).toBe(false);
  });

  it('passes on what is a WeirError already', async () => {
    const own = new WeirError('email_taken', 'taken');
    expect(postgresFailure(own)).toBe(own);
  });
});
