import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { encodeCursor } from '@weir/record';
import { incidenceFigure } from '@weir/testing';
import { pageOf, written } from '../test/answers.js';
import { IncidenceService } from './incidence.service.js';
import type { RegionFigures, RegionSummary } from './incidence.js';
import type { IncidenceParameters } from './question.js';

const date = '2023-05-01';

/** Alpha with 10 cases on the first, corrected to 11 under another name on the third; Beta from then on. */
describe('the state that an answer shows', () => {
  let repository: MemoryIncidenceRepository;
  let service: IncidenceService;

  beforeEach(() => {
    repository = new MemoryIncidenceRepository();
    service = new IncidenceService(repository, { version: '1.2.3' });
    const at = (day: number) => new Date(Date.UTC(2023, 5, day, 12));
    const alpha = incidenceFigure({ date });
    repository.commit('covid', [alpha], [], at(1));
    const renamed = { ...alpha, region_name: 'New Alpha', new_cases: 11, revision: 2 };
    const beta = incidenceFigure({ region: 'BET', region_name: 'Beta', date, revision: 2 });
    repository.commit('covid', [renamed, beta], [], at(3));
  });

  const list = (parameters: Partial<IncidenceParameters>) =>
    pageOf(service.list('covid', { order: 'region', ...parameters }, 'json'));
  const cases = async (parameters: Partial<IncidenceParameters>) =>
    (await list(parameters)).data.map(({ region, new_cases }) => [region, new_cases]);

  it.each([
    ['2023-05-31', []],
    ['2023-06-01T11:59:59.999Z', []],
    ['2023-06-01T12:00:00.000Z', [['ALP', 10]]],
    ['2023-06-01', [['ALP', 10]]],
    ['2023-06-03T13:59:59.999+02:00', [['ALP', 10]]],
    [
      '2023-06-03T14:00+02:00',
      [
        ['ALP', 11],
        ['BET', 10],
      ],
    ],
  ])('as of %s', async (asOf, expected) => {
    expect(await cases({ asOf })).toEqual(expected);
  });

  it('is the present one without as_of', async () => {
    expect(await cases({})).toEqual([
      ['ALP', 11],
      ['BET', 10],
    ]);
  });

  it('knows regions by their names of then, and by those of now that were not theirs then', async () => {
    const asOf = '2023-06-01';
    expect(await cases({ asOf, regions: ['Alpha'] })).toEqual([['ALP', 10]]);
    expect(await cases({ asOf, regions: ['New Alpha'] })).toEqual([['ALP', 10]]);
    expect(await cases({ asOf, regions: ['Beta'] })).toEqual([]);
    expect(await cases({ asOf: '2020-01-01', regions: ['ALP', 'Beta'] })).toEqual([]);
  });

  it('refuses a region that neither state knows, and lists those of both', async () => {
    await expect(list({ asOf: '2023-06-01', regions: ['ALP', 'Gamma'] })).rejects.toMatchObject({
      code: 'unknown_region',
      details: { errors: [{ field: 'region' }], allowed: ['ALP (Alpha)', 'BET (Beta)'] },
    });
    await expect(list({ regions: ['Alpha'] })).rejects.toMatchObject({ code: 'unknown_region' });
  });

  it('stays on later pages, and so does what a name means', async () => {
    const days = ['2023-05-01', '2023-05-02', '2023-05-03'];
    repository.commit(
      'covid',
      days.map((day) => incidenceFigure({ date: day, region_name: 'Newest Alpha', revision: 3 })),
      [],
      new Date('2023-06-05T00:00:00Z'),
    );
    repository.commit(
      'covid',
      [incidenceFigure({ date: '2023-05-03', region_name: 'Latest Alpha', revision: 4 })],
      [],
      new Date('2023-06-06T00:00:00Z'),
    );
    const asked = { asOf: '2023-06-05', regions: ['Latest Alpha'], limit: 1 };
    const first = await list(asked);
    const gone = days.map((day) => incidenceFigure({ date: day, revision: 5 }));
    repository.commit('covid', [incidenceFigure({ region: 'GAM', region_name: 'Latest Alpha', revision: 5 })], gone);
    const second = await list({ ...asked, cursor: first.next_cursor ?? '' });
    expect(second.data).toMatchObject([{ region: 'ALP', date: '2023-05-02', revision: 3 }]);
  });

  it('is not taken from a cursor that names a state of regions which is still to come', async () => {
    const first = await list({ limit: 1, regions: ['ALP', 'BET'] });
    const cursor = JSON.parse(Buffer.from(first.next_cursor ?? '', 'base64url').toString()) as object;
    for (const forged of [{ n: 3 }, { n: -1 }, { n: '1' }, { n: null }]) {
      const asked = list({ limit: 1, regions: ['ALP', 'BET'], cursor: encodeCursor({ ...cursor, ...forged }) });
      await expect(asked).rejects.toMatchObject({ code: 'invalid_cursor' });
    }
  });

  it('refuses a time that does not exist', async () => {
    const refusal = { code: 'validation_failed', details: { errors: [{ field: 'as_of' }] } };
    await expect(list({ asOf: '2023-02-30' })).rejects.toMatchObject(refusal);
    await expect(service.regions('covid', { asOf: 'now' })).rejects.toMatchObject(refusal);
    await expect(service.summary('covid', { asOf: 'now' })).rejects.toMatchObject(refusal);
  });

  it('is what regions and the summary show, too', async () => {
    const regions = async (asOf?: string) =>
      (await pageOf<RegionSummary>(service.regions('covid', { ...(asOf && { asOf }) }))).data;
    const summary = async (parameters: { asOf?: string; regions?: string[] }) =>
      (await pageOf<RegionFigures>(service.summary('covid', parameters))).data;
    expect((await regions()).map(({ region_name }) => region_name)).toEqual(['New Alpha', 'Beta']);
    expect((await regions('2023-06-01')).map(({ region_name }) => region_name)).toEqual(['Alpha']);
    expect(await regions('2020-01-01')).toEqual([]);
    expect(await summary({ asOf: '2023-06-01' })).toMatchObject([{ region: 'ALP', latest: { new_cases: 10 } }]);
    expect(await summary({ regions: ['Beta'] })).toMatchObject([{ region: 'BET', totals: { new_cases: 10 } }]);
    await expect(summary({ regions: ['Gamma'] })).rejects.toMatchObject({ code: 'unknown_region' });
  });

  it('is not older than the question: a commit before it is seen, though a look-up began before the commit', async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const lookUp = repository.snapshot.bind(repository);
    let lookups = 0;
    repository.snapshot = async (...asked) => {
      lookups += 1;
      const seen = await lookUp(...asked);
      if (lookups === 1) await held;
      return seen;
    };
    const early = cases({});
    repository.commit('covid', [incidenceFigure({ date, new_cases: 12, revision: 3 })]);
    const late = [cases({}), cases({}), cases({})];
    release();
    expect((await early)[0]).toEqual(['ALP', 11]);
    for (const seen of await Promise.all(late)) expect(seen[0]).toEqual(['ALP', 12]);
    expect(lookups).toBe(2);
  });

  it('holds for a stream that is going on from a cursor', async () => {
    const { next_cursor } = await list({ limit: 1, metrics: ['new_cases'] });
    repository.commit('covid', [incidenceFigure({ region: 'BET', date, new_cases: 99, revision: 3 })]);
    const rest = await written(
      service.list('covid', { order: 'region', metrics: ['new_cases'], cursor: next_cursor ?? '' }, 'csv'),
    );
    expect(rest.text).toMatch(/^region,region_name,date,new_cases,basis,.*\nBET,Beta,2023-05-01,10,[^\n]*\n$/);
  });
});
