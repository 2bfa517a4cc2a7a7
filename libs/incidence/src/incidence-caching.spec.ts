import { MemoryIncidenceRepository } from '@weir/adapter-memory';
import { incidenceFigure } from '@weir/testing';
import { pageOf, written } from '../test/answers.js';
import type { AnswerFormat } from './answer.js';
import { IncidenceService } from './incidence.service.js';
import type { IncidenceParameters } from './question.js';

/** Counts what is read from it. */
class CountedRepository extends MemoryIncidenceRepository {
  readonly reads = { find: 0, export: 0, endOfPage: 0, latest: 0, regions: 0 };
  override find = this.counted('find');
  override export = this.counted('export');
  override endOfPage = this.counted('endOfPage');
  override latest = this.counted('latest');
  override regions = this.counted('regions');

  private counted<Name extends 'find' | 'export' | 'endOfPage' | 'latest' | 'regions'>(
    name: Name,
  ): MemoryIncidenceRepository[Name] {
    const read = (MemoryIncidenceRepository.prototype[name] as (...asked: unknown[]) => unknown).bind(this);
    return ((...asked: unknown[]) => {
      this.reads[name] += 1;
      return read(...asked);
    }) as MemoryIncidenceRepository[Name];
  }
}

const days = ['2023-05-01', '2023-05-02', '2023-05-03'];

describe('answers that are kept', () => {
  let repository: CountedRepository;
  let service: IncidenceService;

  beforeEach(() => {
    repository = new CountedRepository();
    service = new IncidenceService(repository, { version: '1.2.3' });
    repository.commit(
      'covid',
      days.map((date) => incidenceFigure({ date })),
    );
  });

  const ask = (parameters: Partial<IncidenceParameters> = {}, format: AnswerFormat = 'json') =>
    service.list('covid', { order: 'date', ...parameters }, format);
  const tag = async (parameters: Partial<IncidenceParameters> = {}, format: AnswerFormat = 'json') =>
    (await ask(parameters, format)).tag;
  const next = () => {
    const { revision } = incidenceFigure();
    repository.commit('covid', [incidenceFigure({ date: days[0]!, new_cases: 77, revision: revision + 1 })]);
  };

  it('are read once for each state, and never stale', async () => {
    const cases = async () => (await pageOf(ask())).data[0]?.new_cases;
    expect([await cases(), await cases()]).toEqual([10, 10]);
    expect(repository.reads.find).toBe(1);
    next();
    expect([await cases(), await cases()]).toEqual([77, 77]);
    expect(repository.reads.find).toBe(2);
    expect(service.statistics).toMatchObject({ hits: 2, misses: 2, bytes: expect.any(Number) });
  });

  it('are read once for all who ask at the same time', async () => {
    const pages = await Promise.all([pageOf(ask()), pageOf(ask()), pageOf(ask())]);
    expect(pages[2]).toEqual(pages[0]);
    expect(repository.reads.find).toBe(1);
  });

  it('are pages of CSV and NDJSON, too, with their cursor, but no streams', async () => {
    const first = await written(ask({ limit: 2 }, 'csv'));
    const again = await written(ask({ limit: 2 }, 'csv'));
    expect(again).toEqual(first);
    expect(first.nextCursor).not.toBeNull();
    expect(repository.reads).toMatchObject({ export: 1, endOfPage: 1 });
    await written(ask({}, 'csv'));
    await written(ask({}, 'csv'));
    expect(repository.reads).toMatchObject({ export: 3, endOfPage: 1 });
    expect(service.statistics).toMatchObject({ hits: 1, misses: 1 });
  });

  it('are regions and summaries', async () => {
    for (const _ of ['twice', 'the same']) {
      await pageOf(service.regions('covid', {}));
      await pageOf(service.summary('covid', {}));
    }
    expect(repository.reads).toMatchObject({ regions: 1, latest: 1 });
  });

  it('have a tag before any row is read', async () => {
    await tag();
    await tag({}, 'csv');
    await service.summary('covid', {});
    expect(repository.reads).toEqual({ find: 0, export: 0, endOfPage: 0, latest: 0, regions: 0 });
  });

  it('have the same tag however the same is asked', async () => {
    const all = { metrics: ['new_hospitalized', 'new_deaths', 'new_recovered', 'new_cases', 'new_cases'] } as const;
    expect(await tag(all)).toBe(await tag());
    expect(await tag({ limit: 1000, interval: 'day', regions: [] })).toBe(await tag());
    expect(await tag({ regions: ['ALP', 'Alpha', 'ALP'] })).toBe(await tag({ regions: ['Alpha', 'ALP'] }));
    expect(await tag({ asOf: '2099-01-01' })).toBe(await tag({ asOf: '2099-01-01T23:59:59.999Z' }));
  });

  it('have another tag for anything else that is asked, and for another state or version', async () => {
    const questions: Partial<IncidenceParameters>[] = [
      {},
      { regions: ['ALP'] },
      { from: days[0]! },
      { to: days[0]! },
      { metrics: ['new_cases'] },
      { basis: 'reported' },
      { interval: 'week' },
      { order: '-date' },
      { limit: 1 },
      { limit: 2 },
      { limit: 1, cursor: (await pageOf(ask({ limit: 1 }))).next_cursor ?? '' },
    ];
    const formats = ['json', 'csv', 'ndjson'] as const;
    const tags = async (asked = service) => {
      const all = questions.flatMap((question) =>
        formats.map((format) => asked.list('covid', { order: 'date', ...question }, format)),
      );
      const others = [
        asked.regions('covid', {}),
        asked.summary('covid', {}),
        asked.summary('covid', { regions: ['ALP'] }),
      ];
      return (await Promise.all([...all, ...others])).map((answer) => answer.tag);
    };
    const before = await tags();
    expect(new Set(before).size).toBe(questions.length * formats.length + 3);
    expect(await tags()).toEqual(before);
    const updated = await tags(new IncidenceService(repository, { version: '1.2.4' }));
    expect(updated.filter((each) => before.includes(each))).toEqual([]);
    next();
    const after = await tags();
    // What goes on from a cursor goes on in its own state.
    expect(after.filter((each) => before.includes(each))).toEqual(before.slice(30, 33));
  });

  it('do not include failures', async () => {
    const find = repository.find.bind(repository);
    repository.find = () => Promise.reject(new Error('down'));
    await expect(pageOf(ask())).rejects.toThrow('down');
    repository.find = find;
    expect((await pageOf(ask())).data).toHaveLength(3);
  });

  it('take no more bytes than they may', async () => {
    const small = new IncidenceService(repository, { version: '1.2.3', cacheBytes: 8_000 });
    for (const limit of Array.from({ length: 50 }, (_, index) => index + 1)) {
      await pageOf(small.list('covid', { order: 'date', limit, metrics: ['new_cases'] }, 'json'));
      expect(small.statistics.bytes).toBeLessThanOrEqual(8_000);
    }
    expect(small.statistics.bytes).toBeGreaterThan(0);
  });
});
