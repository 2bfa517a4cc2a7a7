import { jest } from '@jest/globals';
import { metrics, type IncidencePageQuery } from '@weir/incidence';
import { ClickHouseIncidenceRepository } from './clickhouse-incidence.repository.js';
import { connectClickHouse, type ClickHouseClient } from './clickhouse.js';

/** Real: the client, and a port of this machine that nobody listens on. */
describe('a ClickHouse that does not answer', () => {
  let client: ClickHouseClient;
  let repository: ClickHouseIncidenceRepository;

  beforeAll(() => {
    client = connectClickHouse({ url: 'http://127.0.0.1:1' });
    repository = new ClickHouseIncidenceRepository(client);
  });

  afterAll(() => client.close());

  const query: IncidencePageQuery = {
    dataset: 'covid',
    metrics,
    interval: 'day',
    order: 'date',
    snapshot: 1,
    limit: 10,
  };
  const { limit: _limit, ...whole } = query;
  const consumed = async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) expect(chunk).toBeInstanceOf(Uint8Array);
  };

  it.each([
    ['snapshot', () => repository.snapshot('covid', new Date())],
    ['find', () => repository.find(query)],
    ['endOfPage', () => repository.endOfPage(query)],
    ['export', () => consumed(repository.export(whole, 'csv'))],
    ['export with a limit', () => consumed(repository.export(query, 'ndjson'))],
    ['regions', () => repository.regions('covid', 1)],
    ['latest', () => repository.latest('covid', 1)],
  ] as const)('is a dependency that cannot be reached, to %s', async (_name, ask) => {
    const said = (['log', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation(() => undefined),
    );
    await expect(ask()).rejects.toMatchObject({ code: 'dependency_unavailable', retryable: true });
    // What goes past the log goes past its redaction.
    for (const each of said) expect(each).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });
});
