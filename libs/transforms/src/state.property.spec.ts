/** Spread, then fill: whole, and in two runs of which the second knows the first only from what is stored. */
import { jest } from '@jest/globals';
import type { Workspace } from '@weir/pipeline';
import fc from 'fast-check';
import { expectSameRows, lumpHistories, optionsOf, toRow, weeklyHistories, type History } from '../test/histories.js';
import { fillReference, spreadReference, type Figures, type StoredFigures } from '../test/reference-rules.js';
import {
  clearWorkspace,
  openScratchWorkspace,
  relationOf,
  rowsOf,
  schema,
  stateOf,
  type Row,
} from '../test/relations.js';
import { forwardFill } from './forward-fill/forward-fill.transform.js';
import { spreadWeekly } from './spread-weekly/spread-weekly.transform.js';

const RUNS = { numRuns: 25 };
jest.setTimeout(60_000);

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openScratchWorkspace();
});
afterAll(() => workspace.close());

async function spreadThenFill(rows: readonly Figures[], { rule }: History, stored?: readonly Row[]): Promise<Row[]> {
  await clearWorkspace(workspace);
  const input = await relationOf(workspace, rows.map(toRow));
  const context = { workspace, schema, ...(stored ? { state: await stateOf(workspace, stored) } : {}) };
  const spread = await spreadWeekly.apply(input, spreadWeekly.options.parse(optionsOf(rule)), context);
  const filled = await forwardFill.apply(spread.relation, {}, context);
  return rowsOf(workspace, filled.relation);
}

function wholeReference({ rows, rule }: History): StoredFigures[] {
  const spread = spreadReference(rows, rule);
  if (!spread) throw new Error('these histories do not overlap');
  return fillReference(spread.rows);
}

/** What a reader sees after an update: its rows in place of the stored ones of the same series and day. */
function overlay(stored: readonly Row[], update: readonly Row[]): Row[] {
  const key = (row: Row) => `${String(row.region)} ${String(row.date)}`;
  const visible = new Map([...stored, ...update].map((row) => [key(row), row]));
  return [...visible.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A history and a day on which it is cut in two runs. */
const inTwo = (histories: fc.Arbitrary<History>) =>
  histories.chain((history) => {
    const days = history.rows.map((row) => row.day);
    return fc.record({
      history: fc.constant(history),
      from: fc.integer({ min: Math.min(...days, 19_478), max: Math.max(...days, 19_478) }),
    });
  });

describe.each([
  ['weeks', weeklyHistories],
  ['lumps', lumpHistories],
])('spread_weekly, then forward_fill, over %s', (_kind, histories) => {
  it('does what loops over arrays do', () =>
    fc.assert(
      fc.asyncProperty(histories, async (history) => {
        expectSameRows(await spreadThenFill(history.rows, history), wholeReference(history));
      }),
      RUNS,
    ));

  it('gives readers the same in two runs as in one, wherever the second begins', () =>
    fc.assert(
      fc.asyncProperty(inTwo(histories), async ({ history, from }) => {
        const stored = await spreadThenFill(
          history.rows.filter((row) => row.day < from),
          history,
        );
        const update = await spreadThenFill(
          history.rows.filter((row) => row.day >= from),
          history,
          stored,
        );
        expectSameRows(overlay(stored, update), wholeReference(history));
      }),
      RUNS,
    ));
});

it('changes nothing when lumps that are stored are read again', () =>
  fc.assert(
    fc.asyncProperty(inTwo(lumpHistories), async ({ history, from }) => {
      const stored = await spreadThenFill(history.rows, history);
      const again = await spreadThenFill(
        history.rows.filter((row) => row.day >= from),
        history,
        stored,
      );
      expectSameRows(overlay(stored, again), wholeReference(history));
    }),
    RUNS,
  ));
