import { setImmediate as turn } from 'node:timers/promises';
import { currentContext, runScope, withContext } from './context.js';

describe('the context', () => {
  it('is empty outside of every errand, and again after one', async () => {
    expect(currentContext()).toEqual({});
    await withContext({ request_id: 'r' }, () => turn());
    expect(currentContext()).toEqual({});
  });

  it('holds for what is awaited and for what is set off, and adds to what holds already', async () => {
    const seen: unknown[] = [];
    let setOff: Promise<void> = Promise.resolve();
    await withContext({ request_id: 'r', correlation_id: 'c' }, async () => {
      await turn();
      withContext({ step: 'extract' }, () => {
        setOff = turn().then(() => void seen.push(currentContext()));
      });
      seen.push(currentContext());
    });
    await setOff;
    expect(seen).toEqual([
      { request_id: 'r', correlation_id: 'c' },
      { request_id: 'r', correlation_id: 'c', step: 'extract' },
    ]);
  });

  it('keeps errands that go on side by side apart', async () => {
    const see = (request_id: string) =>
      withContext({ request_id }, async () => {
        await turn();
        return currentContext().request_id;
      });
    expect(await Promise.all([see('a'), see('b'), see('c')])).toEqual(['a', 'b', 'c']);
  });
});

describe('the scope of a run', () => {
  const ids = { run_id: 'run-1', pipeline: 'covid' };

  it('names the errand after the run where nobody asked for it', () => {
    expect(runScope.within(ids, currentContext)).toEqual({ ...ids, correlation_id: 'run-1' });
  });

  it('belongs to the errand that asked for it', () => {
    const asked = withContext({ request_id: 'r', correlation_id: 'c' }, () => runScope.within(ids, currentContext));
    expect(asked).toEqual({ ...ids, request_id: 'r', correlation_id: 'c' });
  });

  it('is no part of the errand under way when the run is taken up apart from it', () => {
    const apart = withContext({ correlation_id: 'c' }, () =>
      runScope.apart(() => runScope.within(ids, currentContext)),
    );
    expect(apart).toEqual({ ...ids, correlation_id: 'run-1' });
  });
});
