import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidenceRow } from '@weir/incidence';
import {
  allRows,
  type Answer,
  covid,
  type Ending,
  freePort,
  gatedSource,
  killPrograms,
  METRICS,
  operationsOf,
  post,
  type Program,
  readSample,
  register,
  request,
  type SampleSources,
  type Settings,
  type SourceRow,
  start,
  type TestFolder,
  testFolder,
  untilReady,
  weekEnding,
} from '@weir/testing';

/**
 * What `npm start` promises, with the real program in a process of its own. The expected figures come from a reading of
 * the sample that shares no code with the pipeline (libs/testing/src/sample-reading.ts).
 */

let folder: TestFolder;
let home: Settings;
let sample: SampleSources;
let key: string;
/** What readers see after the first start. */
let rows: readonly IncidenceRow[];
let rowOf: ReadonlyMap<string, IncidenceRow>;

const firstStart = {} as { live: Answer; loading: Answer; ready: Answer; ending: Ending; said: string; after: unknown };

beforeAll(async () => {
  folder = await testFolder();
  home = folder.home('home');
  sample = await readSample();
  const page = await gatedSource(await readFile(new URL('sample/page.html', covid)));
  const address = `http://127.0.0.1:${await freePort()}`;
  const system = start({ ...home, PORT: new URL(address).port, COVID_PAGE_URL: page.url });

  await Promise.race([page.asked(), system.ended]);
  firstStart.live = await request(`${address}/health/live`);
  firstStart.loading = await request(`${address}/health/ready`);
  page.open();
  await untilReady(system);
  firstStart.ready = await request(`${address}/health/ready`);
  key = await register(address, 'ada@example.org');
  rows = await allRows(address, key);
  rowOf = new Map(rows.map((row) => [`${row.region} ${row.date}`, row]));

  firstStart.ending = await system.end('SIGINT');
  firstStart.said = system.stdout;
  firstStart.after = await connectionError(address);
  await page.close();
});

afterAll(async () => {
  await killPrograms();
  await folder.remove();
});

describe('the first start', () => {
  it('is alive while it loads, and ready only when the history and the page are in', () => {
    expect(firstStart.live).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(firstStart.loading).toMatchObject({ status: 503, body: { status: 503, code: 'not_ready' } });
    expect(firstStart.loading.type).toContain('application/problem+json');
    expect(firstStart.ready).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('says what it loaded and what to try next', () => {
    expect(firstStart.said).toMatch(/backfill: 19466 rows published/);
    expect(firstStart.said).toMatch(/update: 98 rows published/);
    expect(firstStart.said).toMatch(/curl .*\/users/);
    expect(firstStart.said).toMatch(/Stop with Ctrl-C/);
  });

  it('stops on Ctrl-C with status 0, and leaves nothing listening', () => {
    expect(firstStart.ending).toEqual({ status: 0, signal: null });
    expect(firstStart.said).toMatch(/\nStopped\.\n$/);
    expect(firstStart.after).toBe('ECONNREFUSED');
  });
});

describe('the figures it serves', () => {
  const row = (region: string, date: string): IncidenceRow => {
    const found = rowOf.get(`${region} ${date}`);
    if (!found) throw new Error(`no row of ${region} on ${date}`);
    return found;
  };

  it('are one row for each region and day that the history or the page speaks of', () => {
    const expected = new Set([
      ...sample.daily.map(({ region, date }) => `${region} ${date}`),
      ...[...sample.weekly, ...sample.page].flatMap(({ region, date }) =>
        weekEnding(date).map((day) => `${region} ${day}`),
      ),
    ]);
    expect(rows).toHaveLength(expected.size);
    expect(new Set(rowOf.keys())).toEqual(expected);
  });

  it('keep every daily figure as it was reported', () => {
    const changed = sample.daily.flatMap(({ region, date, figures }) =>
      METRICS.filter((metric) => figures[metric] !== null && row(region, date)[metric] !== figures[metric]).map(
        (metric) => `${metric} of ${region} on ${date}: ${row(region, date)[metric]}, reported ${figures[metric]}`,
      ),
    );
    expect(changed).toEqual([]);
  });

  it('add up to each published week within 1e-9 of it', () => {
    const off = [...sample.weekly, ...sample.page].flatMap(({ region, date, figures }) =>
      METRICS.filter((metric) => {
        const published = figures[metric];
        if (published === null) return false;
        const sum = weekEnding(date).reduce((total, day) => total + (row(region, day)[metric] ?? NaN), 0);
        return !(Math.abs(sum - published) <= 1e-9 * Math.max(1, Math.abs(published)));
      }).map((metric) => `${metric} of ${region}, week to ${date}`),
    );
    expect(off).toEqual([]);
  });

  it('give each day of a week an equal share, but for the days of the straddling week that have their own', () => {
    const own = new Set(sample.daily.flatMap(cellsOf));
    const uneven = [...sample.weekly, ...sample.page].flatMap(({ region, date, figures }) =>
      METRICS.filter((metric) => {
        const shared = weekEnding(date).filter((day) => !own.has(`${region} ${day} ${metric}`));
        return figures[metric] !== null && new Set(shared.map((day) => row(region, day)[metric])).size !== 1;
      }).map((metric) => `${metric} of ${region}, week to ${date}`),
    );
    expect(uneven).toEqual([]);
  });

  it('fill a blank with the last figure of the same region, and say so; before the first there is none', () => {
    const inWeeks = [...sample.weekly, ...sample.page].flatMap(({ date, ...rest }) =>
      weekEnding(date).map((day) => ({ ...rest, date: day })),
    );
    const given = new Set([...sample.daily, ...inWeeks].flatMap(cellsOf));
    const wrong: string[] = [];
    let blanks = 0;
    const last = new Map<string, number | null | undefined>();
    for (const { region, date, filled, ...figures } of rows) {
      for (const metric of METRICS) {
        const before = last.get(`${region} ${metric}`) ?? null;
        const isBlank = !given.has(`${region} ${date} ${metric}`);
        const isRight = !isBlank || figures[metric] === before;
        const saysSo = filled.includes(metric) === (isBlank && before !== null);
        if (!isRight || !saysSo) wrong.push(`${metric} of ${region} on ${date}: ${figures[metric]} after ${before}`);
        if (isBlank) blanks += 1;
        last.set(`${region} ${metric}`, figures[metric]);
      }
    }
    expect(wrong).toEqual([]);
    expect(blanks).toBeGreaterThan(1000);
  });

  it('are those of the README in the straddling week', () => {
    expect(row('XA-08', '2023-05-15')).toMatchObject({ new_cases: 3, basis: 'spread' });
    expect(row('XA-08', '2023-05-15').new_recovered).toBeCloseTo(219 / 7, 9);
    for (const day of weekEnding('2023-05-21').slice(1)) {
      expect(row('XA-08', day)).toMatchObject({
        new_cases: 7.5,
        basis: 'spread',
        region_name: 'Lower Sluice (synthetic)',
      });
      expect(row('XA-08', day).new_recovered).toBeCloseTo(219 / 7, 9);
    }
  });

  it('say whether a day was reported or is a share of a week', () => {
    expect(rows.filter(({ basis, date }) => basis === 'spread' && date < '2023-05-15')).toEqual([]);
    expect(rows.filter(({ basis, date }) => basis === 'reported' && date > '2023-05-15')).toEqual([]);
    expect(row('XA-01', '2023-05-15').basis).toBe('reported');
  });

  /** Which figures a row of a source gives. */
  function cellsOf({ region, date, figures }: SourceRow): string[] {
    return METRICS.filter((metric) => figures[metric] !== null).map((metric) => `${region} ${date} ${metric}`);
  }
});

describe('another start of the same home', () => {
  let system: Program;
  let address: string;

  beforeAll(async () => {
    system = start(home);
    address = await untilReady(system);
  });

  afterAll(async () => {
    await system.end('SIGINT');
  });

  it('loads nothing twice: the same rows of the same runs and revisions', async () => {
    expect(await allRows(address, key)).toEqual(rows);
    expect(system.stdout).not.toMatch(/published/);
    const [newest] = await operationsOf(home).runs({ limit: 1 });
    expect(newest).toMatchObject({ pipeline: 'covid', branch: 'update', status: 'nothing_new', error: null });
  });

  it('replaces a key at once: the old one is refused, the new one is good', async () => {
    const old = await register(address, 'eve@example.org');
    const me = (held: string) => request(`${address}/users/me`, { headers: { 'x-key': held } });
    expect(await me(old)).toMatchObject({ status: 200, body: { email: 'eve@example.org', scopes: ['data'] } });
    const reissued = await post(`${address}/users/key`, {
      email: 'eve@example.org',
      password: 'correct horse battery',
    });
    expect(reissued.status).toBe(200);
    const { api_key: next } = reissued.body as { api_key: string };
    expect(await me(old)).toMatchObject({ status: 401, body: { code: 'invalid_api_key' } });
    const answer = await request(`${address}/covid/incidence?region=XA-08&from=2023-05-16&to=2023-05-16`, {
      headers: { 'x-key': next },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { data: [{ region: 'XA-08', new_cases: 7.5 }], next_cursor: null },
    });
  });

  it('refuses a second process, naming the first, and is not disturbed by it', async () => {
    const second = start(home);
    expect(await second.ended).toEqual({ status: 1, signal: null });
    expect(second.stderr).toContain(`is in use by process ${system.pid}`);
    expect((await request(`${address}/health/ready`)).status).toBe(200);
  });

  it('refuses a port that is taken, saying which and what to do', async () => {
    const { port } = new URL(address);
    const other = start({ ...folder.home('other'), PORT: port });
    expect(await other.ended).toEqual({ status: 1, signal: null });
    expect(other.stderr).toMatch(new RegExp(`Port ${port} of 127\\.0\\.0\\.1 .*EADDRINUSE.*set PORT or HOST`));
  });
});

describe('a page with other headers', () => {
  it('is a failed run with its reason; the system serves what it has', async () => {
    const html = await readFile(new URL('sample/page.html', covid), 'utf8');
    const broken = join(folder.path, 'page.html');
    await writeFile(broken, html.replace('<b>Detected</b>', '<b>Found</b>'));
    const system = start({ ...home, COVID_PAGE_URL: broken });
    const address = await untilReady(system);
    expect((await request(`${address}/health/ready`)).status).toBe(200);
    const [newest] = await operationsOf(home).runs({ limit: 1 });
    expect(newest).toMatchObject({ branch: 'update', status: 'failed', counts: { published: 0 } });
    expect(newest?.error?.message).toMatch(/Detected/);
    expect(newest?.error?.message).toMatch(/Found/);
    expect(system.stdout).toContain(newest?.error?.message);
    expect(await allRows(address, key)).toEqual(rows);
    expect(await system.end('SIGTERM')).toEqual({ status: 0, signal: null });
  });
});

describe('Ctrl-C while it loads', () => {
  it('does not wait for a source that keeps silent', async () => {
    const history = await gatedSource(Buffer.from(''));
    const address = `http://127.0.0.1:${await freePort()}`;
    const system = start({ ...folder.home('silent'), PORT: new URL(address).port, COVID_HISTORY: history.url });
    await Promise.race([history.asked(), system.ended]);
    const interrupted = Date.now();
    expect(await system.end('SIGINT')).toEqual({ status: 0, signal: null });
    // The source would be given up after 30 s by itself.
    expect(Date.now() - interrupted).toBeLessThan(20_000);
    expect(system.stdout).toMatch(/\nStopped\.\n$/);
    expect(await connectionError(address)).toBe('ECONNREFUSED');
    await history.close();
  });

  it('leaves a run that the next start takes up and ends', async () => {
    const interruptedHome = folder.home('interrupted');
    const interrupted = start(interruptedHome);
    await interrupted.until(/fetching/);
    expect(await interrupted.end('SIGINT')).toEqual({ status: 0, signal: null });
    expect(interrupted.stdout).toMatch(/\nStopped\.\n$/);

    const system = start(interruptedHome);
    const address = await untilReady(system);
    const runs = await operationsOf(interruptedHome).runs({ limit: 20 });
    expect(runs.filter(({ branch }) => branch === 'backfill').map(({ status }) => status)).toEqual(['succeeded']);
    expect(figuresOf(await allRows(address, await register(address, 'ada@example.org')))).toEqual(figuresOf(rows));
    await system.end('SIGINT');
  });
});

describe('a wrong environment', () => {
  it('stops the start, naming every wrong variable and what is expected', async () => {
    const program = start({ ...folder.home('never'), PORT: 'abc', LOG_LEVEL: 'x' });
    expect(await program.ended).toEqual({ status: 2, signal: null });
    expect(program.stderr).toMatch(/PORT="abc": expected a port/);
    expect(program.stderr).toMatch(/LOG_LEVEL="x": expected trace, debug/);
    expect(program.stdout).toBe('');
  });
});

/** Without what every load has anew: where the page was, and which run it was. */
function figuresOf(all: readonly IncidenceRow[]) {
  return all.map(({ source: _source, run_id: _run, revision: _revision, ...figures }) => figures);
}

async function connectionError(address: string): Promise<unknown> {
  return fetch(address).then(
    () => 'answers',
    (error: { cause?: { code?: string } }) => error.cause?.code,
  );
}
