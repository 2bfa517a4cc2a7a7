import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncidenceRow } from '@weir/incidence';
import { textOfFile } from './real-data.js';
import { RunningWeir } from './running-weir.js';

const page = textOfFile('pages/weekly_regions_2023-10-29.html');
const html = { 'content-type': 'text/html; charset=utf-8' };

const gives =
  (body: string): RequestListener =>
  (_request, response) =>
    response.writeHead(200, html).end(body);

/** The page with one thing changed, which must be there to be changed. */
function changed(from: string | RegExp, to: string, before = page): string {
  const other = before.replace(from, to);
  if (other === before) throw new Error(`the page holds no ${String(from)}`);
  return other;
}

const tableEnd = page.indexOf('</table>', page.indexOf('u-table-cv'));
const secondHeader = /Госпитализировано/;
const oneRegion = /<tr>(?:(?!<\/tr>)[^])*Белгородская область[^]*?<\/tr>/;
const figureRows = /(Умерло[^]*?<\/tr>)[^]*?(<\/tbody>)/;

interface Fault {
  readonly what: string;
  readonly answer: RequestListener;
  readonly code: string;
  /** What the message says about it. */
  readonly says: RegExp;
}

const faults: readonly Fault[] = [
  {
    what: 'answers 500',
    answer: (_request, response) => response.writeHead(500).end('no'),
    code: 'source_failed',
    says: /answered 500/,
  },
  {
    what: 'answers 404',
    answer: (_request, response) => response.writeHead(404, html).end(page),
    code: 'source_refused',
    says: /answered 404/,
  },
  {
    what: 'never answers',
    answer: () => undefined,
    code: 'source_timeout',
    says: /did not answer within 3000 ms/,
  },
  {
    what: 'stops in the middle',
    answer: (_request, response) => void response.writeHead(200, html).write(page.slice(0, 20_000)),
    code: 'source_timeout',
    says: /stopped sending after \d+ bytes within 3000 ms/,
  },
  {
    what: 'is cut off by a lost connection',
    answer: (_request, response) => {
      response.writeHead(200, { ...html, 'content-length': String(Buffer.byteLength(page)) });
      response.write(page.slice(0, 20_000), () => response.destroy());
    },
    code: 'source_interrupted',
    says: /broke off after \d+ bytes/,
  },
  {
    what: 'announces more than the limit',
    answer: (_request, response) => response.writeHead(200, { ...html, 'content-length': '300000000' }).end(),
    code: 'source_too_large',
    says: /announces 300000000 bytes, and the limit is 204800/,
  },
  {
    what: 'never ends',
    answer: (_request, response) => {
      response.writeHead(200, html);
      const more = () => response.write(page, (error) => (error ? undefined : more()));
      more();
    },
    code: 'source_too_large',
    says: /sent \d+ bytes, and the limit is 204800/,
  },
  { what: 'is empty', answer: gives(''), code: 'page_empty', says: /found 0 bytes/ },
  {
    what: 'ends in the middle of its table',
    answer: gives(page.slice(0, tableEnd - 5_000)),
    code: 'total_mismatch',
    says: /the total says 25.983, the parts add up to 20046/,
  },
  {
    what: 'has lost a region',
    answer: gives(changed(oneRegion, '')),
    code: 'total_mismatch',
    says: /the total says 25.983, the parts add up to 25795/,
  },
  {
    what: 'has another header',
    answer: gives(changed(secondHeader, 'Поступило')),
    code: 'table_not_found',
    says: /"Поступило".*lacks "Госпитализировано"/,
  },
  {
    what: 'has a table without rows',
    answer: gives(changed(figureRows, '$1$2')),
    code: 'no_rows',
    says: /expected rows of figures below the headers .* found none/,
  },
  {
    what: 'has no table',
    answer: gives(changed(/<table[^]*?<\/table>/, '<p>Обновляется</p>')),
    code: 'table_not_found',
    says: /no table there/,
  },
  {
    what: 'names no week',
    answer: gives(changed(/\(23\.10- 29\.10\.2023\)/, '')),
    code: 'period_not_found',
    says: /expected a range of days/,
  },
  {
    what: 'names a region that nobody knows',
    answer: gives(changed('Белгородская область', 'Новая область')),
    code: 'unknown_name',
    says: /1 name in column "Наименование субъекта".*"Новая область"/,
  },
  {
    what: 'has a text where a figure should be',
    answer: gives(changed(/(Белгородская область[^]*?>\s*)46(\s*<)/, '$1нет данных$2')),
    code: 'total_mismatch',
    says: /the total says 3.781, the parts add up to 3735;.* A part could not be used: .*weekly:4: new_hospitalized: "нет данных" is no figure/,
  },
];

describe('a page at fault', () => {
  let server: Server;
  let answer: RequestListener = gives(page);
  let requests = 0;
  let weir: RunningWeir;
  let stored: IncidenceRow[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    weir = await RunningWeir.start({ WEIR_TEST_PAGE: `http://127.0.0.1:${port}/weekly`, MAX_RETRIES: '0' });
    expect(await weir.run('page-faults')).toMatchObject({ status: 'succeeded', counts: { published: 85 * 7 } });
    stored = await weir.rows();
    expect(stored).toHaveLength(85 * 7);
  });
  afterAll(async () => {
    await weir.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(faults)('that $what fails the run, says why, and changes no figure', async (fault) => {
    answer = fault.answer;
    const run = await weir.run('page-faults');
    expect(run).toMatchObject({ status: 'failed', exit_status: 1, counts: { published: 0 } });
    expect(run.error).toEqual({ code: fault.code, message: expect.stringMatching(fault.says) });
    expect(await weir.rows()).toEqual(stored);
  });

  it('that recovers at the second try is read: nothing new, whatever else on the page has changed', async () => {
    const recovered = gives(changed('</body>', '<script>const token = 7;</script></body>'));
    const failing: RequestListener = (_request, response) => response.writeHead(503).end();
    requests = 0;
    answer = (request, response) => (requests === 1 ? failing : recovered)(request, response);
    expect(await weir.run('page-faults')).toMatchObject({ status: 'nothing_new', exit_status: 0 });
    expect(requests).toBe(2);
    expect(await weir.rows()).toEqual(stored);
  });

  it('that corrects a figure gives seven rows of one region, in place of those that were stored', async () => {
    const region = changed(/(Белгородская область[^]*?>\s*)46(\s*<)/, '$145$2');
    answer = gives(changed(/(Российская Федерация<[^]*?>)3.781(<)/, '$13 780$2', region));
    const run = await weir.run('page-faults');
    expect(run).toMatchObject({ error: null, status: 'succeeded', counts: { extracted: 85, published: 7 } });
    const now = await weir.rows();
    const other = (rows: readonly IncidenceRow[]) => rows.filter((row) => row.region !== 'RU-BEL');
    expect(other(now)).toEqual(other(stored));
    expect(now.filter((row) => row.region === 'RU-BEL').map((row) => row.new_hospitalized)).toEqual(
      Array(7).fill(45 / 7),
    );
  });
});
