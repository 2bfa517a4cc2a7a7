import { formatKey, generateKey } from '@weir/accounts';
import { WeirProblem } from '@weir/client';
import { eventually } from '@weir/testing';
import { expectWhole, lettersOf } from '../figures-under-test.js';
import { fullSpeed, middleOfBackfill, runOf, succeeded } from '../runs-under-test.js';
import { api, compose, health, operator, restore, upWithFaults } from '../stack-under-test.js';

const PATIENCE = 600_000;

beforeAll(() => upWithFaults(), PATIENCE);
afterEach(() => restore(), PATIENCE);

it(
  'down for 20 s in the middle of a backfill: the API answers 503 dependency_unavailable within 10 s, and within 180 s of its return all is readable',
  async () => {
    const { source, run } = await middleOfBackfill('postgres-down');
    const weir = await operator();
    const killed = Date.now();
    await compose(['kill', 'postgres']);
    await fullSpeed();
    const refusal = await eventually('the API refuses', 10, async () => {
      const problem: unknown = await runOf(run).then(
        () => undefined,
        (error: unknown) => error,
      );
      return problem instanceof WeirProblem && problem;
    });
    expect(refusal).toMatchObject({ status: 503, code: 'dependency_unavailable' });
    // For as long as it lasts no answer says that a key is wrong, and none shows what is inside.
    const seen = new Set<number>();
    do {
      const answer = await fetch(`${api}/users/me`, { headers: { 'x-key': formatKey(generateKey()) } });
      seen.add(answer.status);
      expect(await answer.text()).not.toMatch(/ECONN|SELECT|\.js:|postgres:\/\//);
      const { dependencies } = await health();
      expect(dependencies['postgres']?.status).toBe('down');
      expect((await fetch(`${api}/health/live`)).status).toBe(200);
    } while (Date.now() - killed < 20_000);
    expect([...seen]).toEqual([503]);

    await compose(['start', 'postgres']);
    await eventually('the API answers again', 60, async () => (await weir.get('/users/me')).email !== '');
    await succeeded(run, source, 180);
    await expectWhole(source);
    expect(await lettersOf(source.name)).toEqual([]);
  },
  PATIENCE,
);
