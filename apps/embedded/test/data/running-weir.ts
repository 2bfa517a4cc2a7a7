import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { IncidenceRow, RegionSummary } from '@weir/incidence';
import type { RunDetails } from '@weir/operations';
import { dataFolder } from './real-data.js';

const embedded = fileURLToPath(new URL('../../bin/weir-embedded.js', import.meta.url));
const commandLine = fileURLToPath(new URL('../../../cli/bin/weir.js', import.meta.url));
const pipelines = fileURLToPath(new URL('pipelines', import.meta.url));

/** Milliseconds that a stop may take. */
const PATIENCE = 30_000;

/** A run as `weir run --json` prints it, and the status the command ended with. */
export interface FinishedRun extends RunDetails {
  readonly exit_status: number;
}

/** The embedded system as a user has it: the program, the command line beside it, and its API with a key. */
export class RunningWeir {
  private constructor(
    private readonly owner: ChildProcess,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly home: string,
    private readonly address: string,
    private readonly key: string,
  ) {}

  /** Starts the program on a new home, with the pipelines beside this file. */
  static async start(variables: NodeJS.ProcessEnv = {}): Promise<RunningWeir> {
    const home = await mkdtemp(join(tmpdir(), 'weir-data-'));
    const environment = {
      ...process.env,
      WEIR_HOME: home,
      PIPELINES: pipelines,
      WEIR_TEST_DATA: dataFolder,
      PORT: '0',
      BCRYPT_COST: '4',
      RATE_LIMIT_KEY: '0',
      LOG_FORMAT: 'text',
      LOG_LEVEL: 'warn',
      ...variables,
    };
    const owner = spawn(process.execPath, [embedded], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const address = await readyAt(owner);
      const body = JSON.stringify({ email: 'reader@example.org', password: 'a long password' });
      const answer = await fetch(`${address}/users`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { api_key } = (await answer.json()) as { api_key: string };
      return new RunningWeir(owner, environment, home, address, api_key);
    } catch (error) {
      owner.kill('SIGKILL');
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** `npx weir run <pipeline> <words> --json`. */
  run(pipeline: string, ...words: string[]): Promise<FinishedRun> {
    return new Promise((resolve, reject) => {
      const command = [commandLine, 'run', pipeline, ...words, '--json'];
      execFile(process.execPath, command, { env: this.environment }, (error, stdout, stderr) => {
        // A failed run ends the command with 1, and is printed all the same.
        if (stdout === '') reject(new Error(`weir run ${pipeline} printed nothing: ${stderr}`));
        else resolve({ ...(JSON.parse(stdout) as RunDetails), exit_status: Number(error?.code ?? 0) });
      });
    });
  }

  /** Everything that `GET /covid/incidence` gives for a query, all pages of it. */
  async rows(query: { readonly [parameter: string]: string } = {}): Promise<IncidenceRow[]> {
    const all: IncidenceRow[] = [];
    for await (const page of this.pages(query)) all.push(...page);
    return all;
  }

  async *pages(query: { readonly [parameter: string]: string } = {}): AsyncGenerator<readonly IncidenceRow[]> {
    const parameters = new URLSearchParams({ limit: '10000', order: 'region', ...query });
    for (;;) {
      const page = await this.get<IncidenceRow>(`/covid/incidence?${parameters.toString()}`);
      yield page.data;
      if (page.next_cursor === null) return;
      parameters.set('cursor', page.next_cursor);
    }
  }

  async regions(): Promise<readonly RegionSummary[]> {
    return (await this.get<RegionSummary>('/covid/regions')).data;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.owner.once('close', resolve));
    const lastResort = setTimeout(() => this.owner.kill('SIGKILL'), PATIENCE);
    this.owner.kill('SIGTERM');
    await gone;
    clearTimeout(lastResort);
    await rm(this.home, { recursive: true, force: true });
  }

  private async get<T>(path: string): Promise<{ readonly data: readonly T[]; readonly next_cursor: string | null }> {
    const answer = await fetch(`${this.address}${path}`, { headers: { 'x-key': this.key } });
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { data: T[]; next_cursor: string | null };
  }
}

/** Where the API answers, as the program says when it is ready. */
function readyAt(owner: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    owner.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    createInterface({ input: owner.stdout! }).on('line', (line) => {
      said += `${line}\n`;
      const address = /^Ready: (\S+)$/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
      if (line.startsWith('Serving, but')) reject(new Error(`a pipeline could not be loaded:\n${said}`));
    });
    owner.once('close', (status) =>
      reject(new Error(`the program ended with ${status} before it was ready:\n${said}`)),
    );
  });
}
