import { apiUnderTest } from '../../test/api-under-test.js';

const up = { name: 'postgres', check: () => Promise.resolve() };
const down = { name: 'clickhouse', check: () => Promise.reject(new Error('refused at 10.1.2.3')) };

describe('health over HTTP', () => {
  it.each([
    ['ok', [up], 200],
    ['degraded', [up, down], 200],
    ['down', [down], 503],
  ])('is %s', async (status, health, code) => {
    const api = await apiUnderTest({ health });
    const answer = await api.http.get('/health');
    expect(answer.status).toBe(code);
    expect(answer.body.status).toBe(status);
    expect(Object.keys(answer.body.dependencies)).toEqual(health.map(({ name }) => name));
    for (const { latency_ms } of Object.values<{ latency_ms: number }>(answer.body.dependencies)) {
      expect(latency_ms).toBeGreaterThanOrEqual(0);
    }
    expect(answer.text).not.toContain('10.1.2.3');
    await api.close();
  });

  it('is live while it waits, and ready when nothing is waited for any more', async () => {
    let waitingFor: string | null = 'the first backfill';
    const api = await apiUnderTest({ readiness: () => ({ ready: waitingFor === null, waitingFor }) });
    await api.http.get('/health/live').expect(200, { status: 'ok' });
    const waiting = await api.http.get('/health/ready');
    expect(waiting.status).toBe(503);
    expect(waiting.body).toMatchObject({ code: 'not_ready', detail: 'Waiting for the first backfill.' });
    waitingFor = null;
    await api.http.get('/health/ready').expect(200, { status: 'ready' });
    await api.close();
  });
});
