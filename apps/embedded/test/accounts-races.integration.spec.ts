import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Operations } from '@weir/operations';
import {
  killPrograms,
  operationsOf,
  post,
  type Program,
  register,
  request,
  start,
  type TestFolder,
  testFolder,
  untilReady,
} from '@weir/testing';

/** Real: the whole program, its PostgreSQL, HTTP, and the operator's socket. */
describe('accounts of a running system, with everybody at once', () => {
  let folder: TestFolder;
  let program: Program;
  let address: string;
  let operator: Operations;
  const password = 'correct horse battery';

  beforeAll(async () => {
    folder = await testFolder();
    const pipelines = join(folder.path, 'none');
    await mkdir(pipelines);
    const settings = { ...folder.home('home'), PIPELINES: pipelines };
    program = start(settings);
    address = await untilReady(program);
    operator = operationsOf(settings);
  });

  afterAll(async () => {
    await program.end('SIGTERM');
    await killPrograms();
    await folder.remove();
  });

  const times = <T>(count: number, action: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, n) => action(n)));
  const me = async (key: string) => (await request(`${address}/users/me`, { headers: { 'x-key': key } })).status;
  const keysOf = async (email: string) => {
    const keys = await operator.keysList({});
    return keys.filter((key) => key.email.toLowerCase() === email);
  };

  /** Asks with a key on and on while something happens. @returns the answers to requests that began after it had. */
  async function whileAsking(key: string, action: () => Promise<unknown>): Promise<number[]> {
    let happened = false;
    const after: number[] = [];
    const asking = times(6, async () => {
      while (after.length < 30) {
        const late = happened;
        const status = await me(key);
        if (late) after.push(status);
        else expect([200, 401]).toContain(status);
      }
    });
    await action();
    happened = true;
    await asking;
    return after;
  }

  it('20 registrations of one address: one is made, with one key, and the others hear that it is taken', async () => {
    const answers = await times(20, (n) =>
      post(`${address}/users`, { email: n % 2 === 0 ? 'ada@example.org' : 'ADA@Example.org', password }),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(19).fill(409)]);
    for (const { status, type } of answers) if (status === 409) expect(type).toBe('application/problem+json');
    const made = answers.find(({ status }) => status === 201)?.body as { api_key: string };
    expect(await me(made.api_key)).toBe(200);
    expect((await keysOf('ada@example.org')).map(({ id }) => id)).toEqual([made.api_key.split('_')[1]]);
  });

  it('registrations of many addresses beside others’ requests: all are made', async () => {
    const key = await register(address, 'beside@example.org');
    const [statuses, asked] = await Promise.all([
      times(20, async (n) => (await post(`${address}/users`, { email: `many${n}@example.org`, password })).status),
      times(40, () => me(key)),
    ]);
    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(new Set(asked)).toEqual(new Set([200]));
  });

  it('many reissues of one user: exactly one of the keys that were answered works', async () => {
    const first = await register(address, 'bob@example.org');
    const answers = await times(12, () => post(`${address}/users/key`, { email: 'bob@example.org', password }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const issued = answers.map(({ body }) => (body as { api_key: string }).api_key);
    expect(new Set(issued).size).toBe(12);
    const statuses = await Promise.all(issued.map(me));
    expect(statuses.sort()).toEqual([200, ...Array<number>(11).fill(401)]);
    expect(await me(first)).toBe(401);
    expect((await keysOf('bob@example.org')).filter(({ status }) => status === 'active')).toHaveLength(1);
  });

  it('a key that was reissued never works again once that is answered, whatever is on its way', async () => {
    let key = await register(address, 'eve@example.org');
    for (let round = 0; round < 5; round += 1) {
      let next = '';
      const after = await whileAsking(key, async () => {
        const answer = await post(`${address}/users/key`, { email: 'eve@example.org', password });
        next = (answer.body as { api_key: string }).api_key;
      });
      expect(new Set(after)).toEqual(new Set([401]));
      key = next;
    }
    expect(await me(key)).toBe(200);
  });

  it('nor does one that the operator revoked or reissued through the socket', async () => {
    const revoked = await register(address, 'mallory@example.org');
    const after = await whileAsking(revoked, () => operator.keysRevoke({ id: revoked.split('_')[1] ?? '' }));
    expect(new Set(after)).toEqual(new Set([401]));
    const all = await register(address, 'trudy@example.org');
    expect(new Set(await whileAsking(all, () => operator.keysRevoke({ email: 'trudy@example.org' })))).toEqual(
      new Set([401]),
    );
    const replaced = await register(address, 'oscar@example.org');
    expect(new Set(await whileAsking(replaced, () => operator.keysReissue({ email: 'oscar@example.org' })))).toEqual(
      new Set([401]),
    );
  });

  it('keys that an operator grants at once to an address that has no user: one user, and each key works', async () => {
    const granted = await times(6, () => operator.keysCreate({ email: 'grace@example.org', scopes: ['data'] }));
    const holders = await Promise.all(
      granted.map(({ api_key }) => request(`${address}/users/me`, { headers: { 'x-key': api_key } })),
    );
    expect(holders.map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
    expect(new Set(holders.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
  });

  it('a grant and a registration of one address at once: neither fails for a reason of ours', async () => {
    for (let round = 0; round < 5; round += 1) {
      const email = `both${round}@example.org`;
      const [granted, registered] = await Promise.all([
        operator.keysCreate({ email, scopes: ['pipelines'] }),
        post(`${address}/users`, { email, password }),
      ]);
      expect([201, 409]).toContain(registered.status);
      expect(await me(granted.api_key)).toBe(200);
      expect(await keysOf(email)).toHaveLength(registered.status === 201 ? 2 : 1);
    }
  });

  it('a key that ends is refused like any that is wrong', async () => {
    const ends = new Date(Date.now() + 600_000).toISOString();
    const { api_key } = await operator.keysCreate({ email: 'ends@example.org', scopes: ['data'], expires: ends });
    expect(await me(api_key)).toBe(200);
    const { api_key: next } = await operator.keysReissue({ email: 'ends@example.org' });
    expect(await me(api_key)).toBe(401);
    expect((await keysOf('ends@example.org')).map(({ status, expires_at }) => [status, expires_at])).toEqual([
      ['revoked', ends],
      ['active', ends],
    ]);
    expect(await me(next)).toBe(200);
  });

  it.each([
    [{ email: 'nobody', scopes: ['data'] }, 'validation_failed', /^email must be an e-mail address/],
    [{ email: 'a@example.org', scopes: [''] }, 'unknown_scope', /allowed: data, pipelines/],
    [
      { email: 'a@example.org', scopes: ['data'], expires: '2001-01-01' },
      'validation_failed',
      /^expires must lie ahead/,
    ],
  ])('an operator hears what is wrong with %j, and no user is made', async (wanted, code, message) => {
    await expect(operator.keysCreate(wanted)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await keysOf(wanted.email)).toEqual([]);
  });
});
