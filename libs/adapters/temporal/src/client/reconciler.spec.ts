import type { IngestInput } from '@weir/orchestration';
import { Reconciler } from './reconciler.js';

const run = (run_id: string): IngestInput => ({ run_id, pipeline: 'covid', branch: null, only: null, from_run: null });

let open: IngestInput[];
let executed: Set<string>;
let closed: string[];
let reconciler: Reconciler;
beforeEach(() => {
  open = [run('a'), run('b')];
  executed = new Set(['a', 'b']);
  closed = [];
  reconciler = new Reconciler({
    runs: { open: async () => open },
    isOpen: async ({ run_id }) => executed.has(run_id),
    close: async ({ run_id }, error) => {
      closed.push(`${run_id} ${error.code}`);
      open = open.filter((each) => each.run_id !== run_id);
    },
  });
});

it('leaves runs alone that somebody executes', async () => {
  expect([await reconciler.look(), await reconciler.look()]).toEqual([[], []]);
  expect(closed).toEqual([]);
});

it('closes a run whose workflow is gone, at the second look: it may be about to begin', async () => {
  executed.delete('b');
  expect(await reconciler.look()).toEqual([]);
  expect(await reconciler.look()).toEqual([run('b')]);
  expect(closed).toEqual(['b workflow_ended']);
  expect(await reconciler.look()).toEqual([]);
});

it('forgets a suspicion that was wrong', async () => {
  executed.delete('b');
  await reconciler.look();
  executed.add('b');
  await reconciler.look();
  executed.delete('b');
  expect(await reconciler.look()).toEqual([]);
  expect(closed).toEqual([]);
});
