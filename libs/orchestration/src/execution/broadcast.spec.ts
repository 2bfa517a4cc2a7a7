import type { Progress, RunStarted } from '../contract/monitor.js';
import { Broadcast } from './broadcast.js';

const started: RunStarted = { run_id: 'r', pipeline: 'covid', branch: null, only: null };
const progress: Progress = { run_id: 'r', pipeline: 'covid', step: 'extract', done: 1, total: null, unit: 'files' };

describe('the monitor', () => {
  it('tells each listener what it has a method for, until it stops listening', () => {
    const monitor = new Broadcast(fail);
    const heard: unknown[] = [];
    const endProgress = monitor.listen((each) => heard.push(each));
    monitor.attach({ runStarted: (each) => heard.push(each) });
    monitor.runStarted(started);
    monitor.progress(progress);
    endProgress();
    monitor.progress(progress);
    expect(heard).toEqual([started, progress]);
  });

  it('spares the run, and the other listeners, a listener that fails', () => {
    const broken: unknown[] = [];
    const monitor = new Broadcast((error) => broken.push(error));
    const heard: unknown[] = [];
    const failure = new Error('no');
    monitor.attach({
      runStarted: () => {
        throw failure;
      },
    });
    monitor.attach({ runStarted: (each) => heard.push(each) });
    expect(() => monitor.runStarted(started)).not.toThrow();
    expect([heard, broken]).toEqual([[started], [failure]]);
  });
});

function fail(error: unknown): never {
  throw error;
}
