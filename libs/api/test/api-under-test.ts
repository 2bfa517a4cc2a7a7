import type { NestExpressApplication } from '@nestjs/platform-express';
import { AccountsService, KeyService, PasswordHasher } from '@weir/accounts';
import {
  MemoryAccounts,
  MemoryApiKeyRepository,
  MemoryIncidenceRepository,
  MemoryUserRepository,
} from '@weir/adapter-memory';
import { Metrics } from '@weir/telemetry';
import request from 'supertest';
import { createApi } from '../src/api.js';
import type { ApiBindings, LogEntry } from '../src/bindings.js';
import { operationsUnderTest } from './operations-under-test.js';

export const password = 'correct horse';
/** The lowest there is: these specs are not about how long hashing takes. */
const bcryptCost = 4;

/** The real API over repositories in memory; no limits unless a spec sets them. */
export async function apiUnderTest(overrides: Partial<ApiBindings> & { rateLimits?: Partial<Limits> } = {}) {
  const { rateLimits, ...bindings } = overrides;
  const accounts = new MemoryAccounts();
  const incidence = new MemoryIncidenceRepository();
  const log: LogEntry[] = [];
  const users = new MemoryUserRepository(accounts);
  const keys = new MemoryApiKeyRepository(accounts);
  const operations = operationsUnderTest();
  const app: NestExpressApplication = await createApi({
    users,
    keys,
    incidence,
    ...operations.bindings,
    health: [],
    readiness: () => ({ ready: true, waitingFor: null }),
    page: null,
    settings: {
      trustProxyHops: 0,
      rateLimits: { key: 0, address: 0, account: 0, ...rateLimits },
      bcryptCost,
      version: '1.2.3',
    },
    log: (entry) => log.push(entry),
    metrics: new Metrics({ version: '1.2.3', ofProcess: false }),
    ...bindings,
  });
  // Listening once spares each request a port of its own.
  await app.listen(0, '127.0.0.1');
  const http = request(app.getHttpServer());
  return {
    app,
    http,
    incidence,
    operations,
    log,
    /** What an operator does in another process: the API's own caches do not hear of it. */
    operator: new AccountsService(users, keys, new KeyService(keys), new PasswordHasher(bcryptCost)),
    register: async (email = 'ada@example.org') => {
      const { body } = await http.post('/users').send({ email, password });
      return (body as { api_key: string }).api_key;
    },
    close: async () => {
      await app.close();
      await operations.close();
    },
  };
}

type Limits = ApiBindings['settings']['rateLimits'];
export type ApiUnderTest = Awaited<ReturnType<typeof apiUnderTest>>;
