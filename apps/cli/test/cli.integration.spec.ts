import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Preview } from '@weir/catalogue';
import type { StoreStatus } from '@weir/migrations';
import type { PipelineSummary } from '@weir/operations';
import type { Problem } from '@weir/pipeline';
import { testFolder, type TestFolder } from '@weir/testing';
import { covid, HISTORY_ROWS, weir, weirJson } from './weir.js';

/** What `npx weir` promises of homes and folders that have loaded nothing; of loaded ones, see commands.ts. */

let folder: TestFolder;

beforeAll(async () => {
  folder = await testFolder();
});

afterAll(() => folder.remove());

describe('migrations of a new home', () => {
  it('are pending, named by a dry run that applies nothing, then applied', async () => {
    const settings = folder.home('new');
    const states = async () => {
      const { status, answer } = await weirJson<{ data: StoreStatus[] }>(settings, ['migrate', 'status']);
      return { status, states: new Set(answer.data.flatMap(({ migrations }) => migrations.map(({ state }) => state))) };
    };
    expect(await states()).toEqual({ status: 1, states: new Set(['pending']) });
    const dry = await weirJson<{ data: string[]; dry_run: boolean }>(settings, ['migrate', 'run', '--dry-run']);
    expect(dry.answer.data).toEqual(expect.arrayContaining(['postgres/0001_accounts', 'clickhouse/0001_incidence']));
    expect(dry.answer.dry_run).toBe(true);
    expect(await states()).toEqual({ status: 1, states: new Set(['pending']) });
    const applied = await weir(settings, ['migrate', 'run']);
    expect(applied).toMatchObject({ status: 0, stderr: '' });
    expect(applied.stdout).toBe(dry.answer.data.map((name) => `applied ${name}\n`).join(''));
    expect(await states()).toEqual({ status: 0, states: new Set(['applied']) });
  });
});

describe('preview', () => {
  it('shows the first records of each step, and leaves nothing behind', async () => {
    const settings = folder.home('untouched');
    const { status, answer } = await weirJson<Preview>(settings, ['preview', 'covid', '--limit', '2']);
    expect(status).toBe(0);
    expect(answer).toMatchObject({ pipeline: 'covid', branch: 'backfill', rejected: 0 });
    expect(answer.stages.map(({ stage, records }) => [stage, records.length])).toEqual([
      ['source', 2],
      ['spread_weekly', 2],
      ['forward_fill', 2],
    ]);
    expect(answer.stages.at(-1)?.rows).toBe(HISTORY_ROWS);
    const text = await weir(settings, ['preview', 'covid', '--branch', 'update', '--limit', '1']);
    expect(text.stdout).toMatch(/^covid, update\n\nsource: 14 rows\nregion +date +new_cases/);
    expect(text.stdout).toMatch(/Nothing was written\.\n$/);
    expect(await exists(join(folder.path, 'untouched'))).toBe(false);
  });
});

describe('check', () => {
  it('finds nothing wrong with the project, from any folder', async () => {
    const { status, stdout } = await weir({}, ['check'], folder.path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/covid\/pipeline\.yaml: ok\n/);
  });

  it('takes paths relative to where it is called, and shows each mistake with its place', async () => {
    const own = join(folder.path, 'elsewhere/mine');
    await mkdir(own, { recursive: true });
    const yaml = await readFile(join(covid, 'pipeline.yaml'), 'utf8');
    await cp(join(covid, 'regions.csv'), join(own, 'regions.csv'));
    await writeFile(
      join(own, 'pipeline.yaml'),
      yaml.replace('name: covid', 'name: mine').replace('type: forward_fill', 'type: forward_fil'),
    );
    const line = yaml.split('\n').findIndex((text) => text.includes('type: forward_fill')) + 1;

    for (const path of ['mine/pipeline.yaml', 'mine', '.']) {
      const { status, stdout } = await weir({}, ['check', path], join(folder.path, 'elsewhere'));
      expect(status).toBe(1);
      expect(stdout).toContain(`mine/pipeline.yaml:${line}:11`);
      expect(stdout).toMatch(/forward_fill\b/);
      expect(stdout).toMatch(/1 mistake in 1 of 1 files\n$/);
    }
    const { stdout } = await weir({}, ['check', 'mine', '--json'], join(folder.path, 'elsewhere'));
    const answer = JSON.parse(stdout) as { files: string[]; problems: Problem[] };
    expect(answer.files).toEqual(['mine/pipeline.yaml']);
    expect(answer.problems).toMatchObject([{ file: 'mine/pipeline.yaml', line, column: 11 }]);
  });

  it('of a path that does not exist ends with 1', async () => {
    const { status, stderr } = await weir({}, ['check', 'nowhere'], folder.path);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^no_such_path: nowhere: /);
  });
});

describe('the command line itself', () => {
  it('explains itself and each command with --help, and ends with 0', async () => {
    const { status, stdout } = await weir({}, ['--help']);
    expect(status).toBe(0);
    for (const command of ['list', 'run', 'preview', 'check', 'status', 'health', 'dlq', 'migrate', 'keys']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
      const help = await weir({}, [command, '--help']);
      expect(help).toMatchObject({ status: 0, stderr: '' });
      expect(help.stdout).toMatch(new RegExp(`^Usage: weir ${command}\\b`));
    }
  });

  it.each([
    [['rnu'], /unknown command 'rnu'/],
    [['run'], /missing required argument 'pipeline'/],
    [['run', 'covid', '--branch', 'sideways'], /Allowed choices are backfill, update/],
    [['run', 'covid', '--only', 'everything'], /Allowed choices are extract, transform, load/],
    [['preview', 'covid', '--limit', '0'], /a whole number, 1 to 10000/],
    [['keys', 'create', '--email', 'a@example.org'], /required option '--scopes/],
    [['keys', 'revoke'], /its id, or --email/],
    [['keys', 'revoke', 'a1B2c3D4', '--email', 'a@example.org'], /its id, or --email/],
    [['dlq', 'list', '--limit', '0'], /a whole number, 1 to 1000/],
    [['dlq', 'list', '--state', 'old'], /Allowed choices are waiting, replayed, all/],
    [['dlq', 'show'], /missing required argument 'letter'/],
    [['list', '--jsno'], /unknown option '--jsno'/],
  ])('ends with 2 for %j', async (words, reason) => {
    const { status, stdout, stderr } = await weir(folder.home('never'), words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(await exists(join(folder.path, 'never'))).toBe(false);
  });

  it('ends with 2 for a wrong environment, naming every variable', async () => {
    const { status, stderr } = await weir({ ...folder.home('never'), PORT: 'abc', MAX_RETRIES: '-1' }, ['list']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/PORT="abc"[^]*MAX_RETRIES="-1"/);
  });

  it('works from any folder', async () => {
    const { status, stdout } = await weir(folder.home('from-anywhere'), ['list', '--json'], folder.path);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { data: PipelineSummary[] }).data.map(({ name }) => name)).toContain('covid');
  });
});

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
