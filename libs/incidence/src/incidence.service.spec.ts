import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { encodeCursor } from '@weir/record';
import { incidenceFigure } from '@weir/testing';
import fc from 'fast-check';
import { allPages, pageOf } from '../test/answers.js';
import { incidenceOrders, type RegionSummary } from './incidence.js';
import { IncidenceService } from './incidence.service.js';
import type { IncidenceParameters } from './question.js';

const plain = { order: 'date', limit: 2 } as const satisfies IncidenceParameters;
const version = '1.2.3';

describe('listing figures', () => {
  let repository: MemoryIncidenceRepository;
  let service: IncidenceService;
  const days = ['2023-05-01', '2023-05-02', '2023-05-03', '2023-05-04'];

  const list = (parameters: IncidenceParameters) => pageOf(service.list('covid', parameters, 'json'));

  beforeEach(() => {
    repository = new MemoryIncidenceRepository();
    service = new IncidenceService(repository, { version });
    repository.commit(
      'covid',
      days.map((date) => incidenceFigure({ date })),
    );
  });

  it('pages through any rows once, in any order and with any size of page', async () => {
    const places = fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'é', 'Z'), fc.constantFrom(...days)), {
      selector: (place) => place.join(),
    });
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.constantFrom(...incidenceOrders),
        fc.integer({ min: 1, max: 5 }),
        async (all, order, limit) => {
          const figures = new MemoryIncidenceRepository();
          figures.commit(
            'covid',
            all.map(([region, date]) => incidenceFigure({ region, date })),
          );
          const fresh = new IncidenceService(figures, { version });
          const whole = await pageOf(fresh.list('covid', { order, limit: 1000 }, 'json'));
          expect(whole).toMatchObject({ data: { length: all.length }, next_cursor: null });
          expect(await allPages(fresh, { order, limit })).toEqual(whole.data);
        },
      ),
    );
  });

  it('gives no cursor where the last page is exactly full', async () => {
    expect((await list({ order: 'date', limit: 4 })).next_cursor).toBeNull();
    expect((await list({ order: 'date', limit: 3 })).next_cursor).not.toBeNull();
  });

  it('goes on in the state of the first page while newer runs commit', async () => {
    const { next_cursor } = await list(plain);
    repository.commit(
      'covid',
      [incidenceFigure({ date: '2023-05-03', new_cases: 99, revision: 2 })],
      [incidenceFigure({ date: '2023-05-04', revision: 2 })],
    );
    const second = await list({ ...plain, cursor: next_cursor ?? '' });
    expect(second.data.map(({ date, new_cases }) => [date, new_cases])).toEqual([
      ['2023-05-03', 10],
      ['2023-05-04', 10],
    ]);
    const fresh = await list({ order: 'date', limit: 10 });
    expect(fresh.data.map(({ new_cases }) => new_cases)).toEqual([10, 10, 99]);
  });

  it('takes a cursor with the same filters, and with another size of page', async () => {
    const regions = ['ALP', 'Alpha'];
    const { next_cursor } = await list({ ...plain, regions });
    const cursor = next_cursor ?? '';
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    const page = await list({ order: 'date', limit: 1, regions: [...regions].reverse(), cursor });
    expect(page.data).toMatchObject([{ date: '2023-05-03' }]);
  });

  it.each<Partial<IncidenceParameters>>([
    { order: '-date' },
    { from: '2023-05-01' },
    { to: '2023-05-04' },
    { regions: ['ALP'] },
    { metrics: ['new_cases'] },
    { basis: 'reported' },
    { interval: 'week' },
    { asOf: '2099-01-01' },
  ])('refuses a cursor with %j added', async (change) => {
    const { next_cursor } = await list(plain);
    const changed = { ...plain, ...change, cursor: next_cursor ?? '' };
    await expect(list(changed)).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('refuses any text that is no cursor, and never fails otherwise', async () => {
    const forged = fc
      .record({ s: fc.anything(), r: fc.anything(), d: fc.anything(), f: fc.anything() })
      .map((position) => {
        try {
          return encodeCursor(position);
        } catch {
          return '';
        }
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String(), forged), async (cursor) => {
        await expect(list({ ...plain, cursor })).rejects.toMatchObject({ code: 'invalid_cursor' });
      }),
    );
  });

  it('refuses a cursor that names a state which is still to come', async () => {
    const { next_cursor } = await list(plain);
    const position = JSON.parse(Buffer.from(next_cursor ?? '', 'base64url').toString()) as { s: number };
    const cursor = encodeCursor({ ...position, s: position.s + 1 });
    await expect(list({ ...plain, cursor })).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('takes a code before a name, and a name for all regions that have it', async () => {
    repository.commit('covid', [
      incidenceFigure({ region: 'BET', region_name: 'ALP', revision: 2 }),
      incidenceFigure({ region: 'GAM', region_name: 'Twin', revision: 2 }),
      incidenceFigure({ region: 'GEM', region_name: 'Twin', revision: 2 }),
    ]);
    const found = async (...regions: string[]) => {
      const { data } = await list({ regions, order: 'region', limit: 100 });
      return [...new Set(data.map(({ region }) => region))];
    };
    expect(await found('ALP')).toEqual(['ALP']);
    expect(await found('Twin')).toEqual(['GAM', 'GEM']);
    expect(await found('BET', 'Alpha')).toEqual(['ALP', 'BET']);
  });

  it('lists at most 20 of the regions that are allowed, near ones first, and says how many more there are', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => String(index + 10));
    repository.commit(
      'covid',
      numbers.map((number) => incidenceFigure({ region: `R${number}`, region_name: `Region ${number}`, revision: 2 })),
    );
    const failure = await list({ ...plain, regions: ['region 38'] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'unknown_region',
      details: { allowed: { length: 20, 0: 'R38 (Region 38)' } },
    });
    expect(failure).toMatchObject({ message: expect.stringContaining('and 11 more; GET /covid/regions lists all') });
  });

  it('says so where no region has figures yet', async () => {
    const empty = service.list('flu', { ...plain, regions: ['ALP'] }, 'json');
    await expect(empty).rejects.toMatchObject({ code: 'unknown_region', message: expect.stringContaining('yet') });
  });

  it('refuses a period that ends before it begins', async () => {
    const backwards = list({ ...plain, from: '2023-05-02', to: '2023-05-01' });
    await expect(backwards).rejects.toMatchObject({
      code: 'validation_failed',
      details: { errors: [{ field: 'from' }] },
    });
  });

  it('asks again for the regions when that failed once', async () => {
    const working = repository.regions.bind(repository);
    repository.regions = () => Promise.reject(new Error('down'));
    await expect(pageOf(service.regions('covid', {}))).rejects.toThrow('down');
    repository.regions = working;
    expect((await pageOf<RegionSummary>(service.regions('covid', {}))).data).toHaveLength(1);
  });
});
