import { within } from './deadline.js';

it('gives the answer, or what failed', async () => {
  expect(await within(5_000, Promise.resolve(1))).toBe(1);
  await expect(within(5_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('counts an answer that does not come as an outage', async () => {
  await expect(within(20, new Promise(() => undefined))).rejects.toMatchObject({
    code: 'dependency_unavailable',
    retryable: true,
    cause: { message: 'no answer within 0.02 seconds' },
  });
});

it('lets an answer that fails too late fail unheard', async () => {
  let fail: (error: Error) => void = () => undefined;
  const answer = new Promise<never>((_, reject) => (fail = reject));
  await expect(within(1, answer)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  // Unheard, it would end the process.
  fail(new Error('late'));
  await new Promise((resolve) => setImmediate(resolve));
});
