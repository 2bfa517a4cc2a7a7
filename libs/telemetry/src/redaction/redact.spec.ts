import { Readable } from 'node:stream';
import fc from 'fast-check';
import { WeirError } from '@weir/pipeline';
import { redact } from './redact.js';

const key = 'weir_Ab3dEf9h_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg_0a1b2c3d';

describe('a value for the log', () => {
  it('loses what stands under the name of a secret, at any depth, and keeps the rest', () => {
    const value = {
      email: 'ada@example.org',
      password: 'hunter2',
      pin: { PASS1: 12345, list: [{ deep: { clientSecret: ['hunter2'], n: 1 } }] },
      headers: { 'x-key': 'hunter2', Authorization: 'hunter2', cookie: { a: 'hunter2' }, host: 'h' },
    };
    expect(redact(value)).toEqual({
      email: 'ada@example.org',
      password: '[redacted]',
      pin: { PASS1: '[redacted]', list: [{ deep: { clientSecret: '[redacted]', n: 1 } }] },
      headers: { 'x-key': '[redacted]', Authorization: '[redacted]', cookie: '[redacted]', host: 'h' },
    });
  });

  it('says of a secret that there is none, and of an API key which', () => {
    expect(redact({ password: null, has_token: false, api_key: key })).toEqual({
      password: null,
      has_token: false,
      api_key: 'weir_Ab3dEf9h_[redacted]',
    });
  });

  it.each([
    ['raw headers', ['Host', 'h', 'X-Key', 'hunter2'], ['Host', 'h', 'X-Key', '[redacted]']],
    ['pairs', [['x-key', 'hunter2']], [['x-key', '[redacted]']]],
    ['a pair of named fields', { name: 'password', value: 'hunter2' }, { name: 'password', value: '[redacted]' }],
    ['a map', new Map([['token', 'hunter2']]), { token: '[redacted]' }],
    ['headers', new Headers({ 'x-key': 'hunter2' }), { 'x-key': '[redacted]' }],
    ['a query', new URLSearchParams({ token: 'hunter2', page: '2' }), { token: '[redacted]', page: '2' }],
    ['a URL', new URL('https://ada:hunter2@h/'), 'https://[redacted]@h/'],
    ['a set', new Set(['password=hunter2']), ['password=[redacted]']],
    ['bytes', { body: Buffer.from('hunter2') }, { body: '[7 bytes]' }],
    ['the name of a field', { 'postgres://ada:hunter2@db': 1 }, { 'postgres://[redacted]@db': 1 }],
    ['what says itself how it is written', { toJSON: () => ({ password: 'hunter2' }) }, { password: '[redacted]' }],
  ])('loses the secret of %s', (_, value, clean) => {
    expect(redact(value)).toEqual(clean);
  });

  it('shows an error with its fields, stack and causes, clean', () => {
    const cause = Object.assign(new Error('connect postgres://ada:hunter2@db'), { password: 'hunter2', port: 5432 });
    const error = new WeirError('query_failed', `refused ${key}`, { cause, details: { token: 'hunter2' } });
    const shown = redact({ error }) as { error: { [name: string]: unknown } };
    expect(shown.error).toMatchObject({
      name: 'WeirError',
      code: 'query_failed',
      message: 'refused weir_Ab3dEf9h_[redacted]',
      details: { token: '[redacted]' },
      cause: { message: 'connect postgres://[redacted]@db', password: '[redacted]', port: 5432 },
    });
    expect(shown.error['stack']).toMatch(/^WeirError: refused weir_Ab3dEf9h_\[redacted\]\n +at /);
    expect(JSON.stringify(shown)).not.toMatch(/hunter2|0123456789ABC/);
  });

  it('describes what JSON cannot hold, and never fails', () => {
    const circular: { self?: unknown; readonly n: bigint } = { n: 12n };
    circular.self = circular;
    const hostile = {
      get secretless(): never {
        throw new Error('no');
      },
    };
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(
      redact([circular, hostile, revoked.proxy, Number.NaN, new Date(Number.NaN), Symbol('s'), undefined]),
    ).toEqual([
      { n: '12', self: '[circular]' },
      '[unreadable]',
      '[unreadable]',
      'NaN',
      'Invalid Date',
      '[symbol]',
      null,
    ]);
    expect(redact({ f: () => 1, u: undefined, n: null })).toEqual({ n: null });
  });

  it('is bounded, whatever is given', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    const row = Array.from({ length: 5_000 }, () => 'x');
    const wide = Array.from({ length: 5_000 }, () => row);
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, index]));
    const long = 'y'.repeat(3_000_000);
    expect(JSON.stringify(redact({ deep, wide, many, long, stream: new Readable() })).length).toBeLessThan(60_000);
    expect((redact({ many }) as { many: object }).many).toHaveProperty('…', '4800 more');
    expect((redact({ long }) as { long: string }).long).toMatch(/^y{16000}… \(3000000 characters\)$/);
  });

  it('does not show the half of a secret that it stopped reading at', () => {
    const text = `${'password=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'.repeat(20_000)}`;
    expect(redact(text)).not.toMatch(/aaa/);
  });

  it('leaves numbers, texts and shapes alone where there is no secret', () => {
    const plain = fc.jsonValue({ stringUnit: fc.constantFrom(...'abc 1-_.'), maxDepth: 4 });
    fc.assert(
      fc.property(plain, (value) => {
        const before = JSON.parse(JSON.stringify(value)) as unknown;
        fc.pre(!/pw|sig/.test(JSON.stringify(before)));
        expect(redact(before)).toEqual(before);
      }),
    );
  });

  it('holds no planted secret, whatever is around it', () => {
    const secret = 'ЖЖЩЩЮЮ';
    const names = fc.constantFrom(
      'password',
      'x-key',
      'apiToken',
      'DB_PASSWORD',
      'PASS3',
      'set-cookie',
      'client_secret',
    );
    const around = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
    const planted = fc.letrec((tie) => ({
      here: fc.tuple(around, names).map(([more, name]) => ({ ...more, [name]: secret })),
      listed: fc
        .tuple(fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }), tie('any'))
        .map(([more, any]) => [...more, any]),
      under: fc
        .tuple(around, fc.string({ maxLength: 5 }), tie('any'))
        .map(([more, name, any]) => ({ ...more, [name]: any })),
      failed: tie('any').map((any) => new Error('failed', { cause: any })),
      any: fc.oneof({ maxDepth: 4 }, tie('here'), tie('listed'), tie('under'), tie('failed')),
    })).any;
    fc.assert(
      fc.property(planted, (value) => {
        expect(JSON.stringify(redact(value))).not.toContain('ЖЖ');
      }),
      { numRuns: 500 },
    );
  });
});
