import { randomUUID } from 'node:crypto';
import type { IncidenceRepository } from '@weir/incidence';
import { incidenceExportContract } from './incidence-export.contract.js';
import { incidenceIntervalContract } from './incidence-interval.contract.js';
import { incidencePageContract } from './incidence-page.contract.js';
import { incidenceRegionContract } from './incidence-region.contract.js';
import { everything, incidenceFigure, places, type IncidenceUnderTest } from './incidence-under-test.js';

/** The repository of the test that runs, and a dataset that is its own. */
export interface IncidenceTest {
  repository: IncidenceRepository;
  commit: IncidenceUnderTest['commit'];
  dataset: string;
}

/** What every incidence repository does. `make` may give the same one each time: each test has its own dataset. */
export function incidenceContract(make: () => Promise<IncidenceUnderTest> | IncidenceUnderTest): void {
  const test = testOf(make);

  it('knows nothing of a dataset that has no committed run', async () => {
    const { repository, dataset } = test;
    expect(await repository.snapshot(dataset)).toBe(0);
    expect(await repository.find(everything(dataset, { snapshot: 0 }))).toEqual([]);
    expect(await repository.endOfPage(everything(dataset, { snapshot: 0 }))).toBeNull();
    expect(await repository.regions(dataset, 0)).toEqual([]);
    expect(await repository.latest(dataset, 0)).toEqual([]);
  });

  it('keeps datasets apart', async () => {
    const { repository, commit, dataset } = test;
    await commit(`${dataset}_other`, [incidenceFigure()]);
    expect(await repository.snapshot(dataset)).toBe(0);
    expect(await repository.find(everything(dataset))).toEqual([]);
    expect(await repository.latest(dataset, 1)).toEqual([]);
  });

  it('shows the highest revision of a row up to the snapshot, and no withdrawn row', async () => {
    const { repository, commit, dataset } = test;
    const day = (date: string, revision: number, new_cases: number) => incidenceFigure({ date, revision, new_cases });
    await commit(dataset, [day('2023-05-01', 1, 10), day('2023-05-02', 1, 20)]);
    await commit(dataset, [day('2023-05-01', 2, 11)], [day('2023-05-02', 2, 20)]);
    await commit(dataset, [day('2023-05-02', 3, 22)]);
    const seen = async (snapshot: number) =>
      (await repository.find(everything(dataset, { snapshot }))).map((row) => [row.date, row.new_cases]);
    expect(await repository.snapshot(dataset)).toBe(3);
    expect(await seen(1)).toEqual([
      ['2023-05-01', 10],
      ['2023-05-02', 20],
    ]);
    expect(await seen(2)).toEqual([['2023-05-01', 11]]);
    expect(await seen(3)).toEqual([
      ['2023-05-01', 11],
      ['2023-05-02', 22],
    ]);
  });

  it('knows what was committed at a time, to the millisecond, in any year', async () => {
    const { repository, commit, dataset } = test;
    await commit(dataset, [incidenceFigure()], [], new Date('2023-05-02T03:04:05.678Z'));
    await commit(dataset, [incidenceFigure({ revision: 4 })], [], new Date('2023-05-02T03:04:05.680Z'));
    const at = (time: string | number) => repository.snapshot(dataset, new Date(time));
    expect(await at('2023-05-02T03:04:05.677Z')).toBe(0);
    expect(await at('2023-05-02T03:04:05.678Z')).toBe(1);
    expect(await at('2023-05-02T03:04:05.679Z')).toBe(1);
    expect(await at('2023-05-02T03:04:05.680Z')).toBe(4);
    expect(await at('0000-01-01T00:00:00.000Z')).toBe(0);
    expect(await at('9999-12-31T23:59:59.999Z')).toBe(4);
    expect(await at(-8.64e15)).toBe(0);
    expect(await at(8.64e15)).toBe(4);
  });

  it('shows rows with a basis, and never an earlier revision that had it', async () => {
    const { repository, commit, dataset } = test;
    await commit(dataset, [incidenceFigure(), incidenceFigure({ date: '2023-05-02' })]);
    await commit(dataset, [incidenceFigure({ basis: 'spread', revision: 2 })]);
    const seen = async (basis: 'reported' | 'spread', snapshot: number) =>
      places(await repository.find(everything(dataset, { basis, snapshot })));
    expect(await seen('reported', 1)).toEqual(['ALP 2023-05-01', 'ALP 2023-05-02']);
    expect(await seen('spread', 1)).toEqual([]);
    expect(await seen('reported', 2)).toEqual(['ALP 2023-05-02']);
    expect(await seen('spread', 2)).toEqual(['ALP 2023-05-01']);
  });

  describe('pages', () => incidencePageContract(test));
  describe('weeks and months', () => incidenceIntervalContract(test));
  describe('an export', () => incidenceExportContract(test));
  describe('regions', () => incidenceRegionContract(test));
}

/** The part of the contract that is about exports, for a repository that exports in another way. */
export function incidenceExportsContract(make: () => Promise<IncidenceUnderTest> | IncidenceUnderTest): void {
  incidenceExportContract(testOf(make));
}

function testOf(make: () => Promise<IncidenceUnderTest> | IncidenceUnderTest): IncidenceTest {
  const test = {} as IncidenceTest;
  beforeEach(async () => {
    const made = await make();
    test.repository = made.repository;
    test.commit = (...change) => made.commit(...change);
    test.dataset = `incidence_${randomUUID()}`;
  });
  return test;
}
