import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { AccountsService, KeyService, PasswordHasher } from '@weir/accounts';
import { connectPostgres, TypeOrmApiKeyRepository, TypeOrmUserRepository } from '@weir/adapter-postgres';
import { accountsContract } from '@weir/testing';
import type { DataSource } from 'typeorm';

/** Real: PGlite behind its socket server, pg, TypeORM, bcrypt, the migration. Nothing is mocked. */
const migration = new URL('../../../postgres/migrations/0001_accounts.sql', import.meta.url);

describe('accounts in PostgreSQL (PGlite)', () => {
  let database: PGlite;
  let server: PGLiteSocketServer;
  let source: DataSource;
  let address: { host: string; port: number; user: string; password: string; database: string };

  beforeAll(async () => {
    database = await PGlite.create();
    await database.exec(await readFile(migration, 'utf8'));
    server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: 20 });
    await server.start();
    const port = Number(server.getServerConn().split(':').at(-1));
    address = { host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' };
    // One, as embedded: PGlite mixes up connections that wait behind a transaction.
    source = await connectPostgres({ ...address, poolSize: 1 });
  });

  afterAll(async () => {
    await source.destroy();
    await server.stop();
    await database.close();
  });

  const repositories = () => ({
    users: new TypeOrmUserRepository(source),
    keys: new TypeOrmApiKeyRepository(source),
  });

  accountsContract(repositories);

  it('runs the whole life of a key: registration, use, reissue, revocation', async () => {
    const { users, keys } = repositories();
    const keyService = new KeyService(keys);
    const accounts = new AccountsService(users, keys, keyService, new PasswordHasher(4));
    const { api_key: first } = await accounts.register('ada@example.org', 'correct horse');
    const principal = await keyService.authenticate(first);
    expect(principal).toMatchObject({ email: 'ada@example.org', scopes: ['data'] });
    expect((await accounts.profile(principal)).key.last_used_at).not.toBeNull();
    const { api_key: second } = await accounts.reissue('ADA@example.org', 'correct horse');
    await expect(keyService.authenticate(first)).rejects.toMatchObject({ code: 'invalid_api_key' });
    expect((await keyService.authenticate(second)).user_id).toBe(principal.user_id);
    await accounts.revokeKeysOf('ada@example.org');
    await expect(keyService.authenticate(second)).rejects.toMatchObject({ code: 'invalid_api_key' });
  });

  it('stores neither a password nor the secret of a key', async () => {
    const { users, keys } = repositories();
    const accounts = new AccountsService(users, keys, new KeyService(keys), new PasswordHasher(4));
    const { api_key } = await accounts.register('eve@example.org', 'a telling password');
    const secret = api_key.split('_')[2] ?? '';
    const { rows } = await database.query<{ text: string }>(
      'SELECT users::text || api_keys::text AS text FROM users JOIN api_keys ON user_id = users.id',
    );
    const everything = rows.map((row) => row.text).join('\n');
    expect(secret).toHaveLength(43);
    expect(everything).toContain('eve@example.org');
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain('a telling password');
  });

  it('says dependency_unavailable where nobody listens, and when the connection is lost', async () => {
    const unused = await PGlite.create();
    const shortLived = new PGLiteSocketServer({ db: unused, host: '127.0.0.1', port: 0, maxConnections: 5 });
    await shortLived.start();
    const port = Number(shortLived.getServerConn().split(':').at(-1));
    const lost = await connectPostgres({ ...address, port, poolSize: 2 });
    await shortLived.stop();
    await unused.close();
    const unavailable = { code: 'dependency_unavailable', retryable: true };
    await expect(new TypeOrmUserRepository(lost).findByEmail('a@example.org')).rejects.toMatchObject(unavailable);
    await expect(connectPostgres({ ...address, port, poolSize: 2 })).rejects.toMatchObject(unavailable);
    await lost.destroy();
  });
});
