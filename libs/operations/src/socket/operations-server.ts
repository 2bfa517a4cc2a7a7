import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { json } from 'node:stream/consumers';
import { toFailure, WeirError } from '@weir/pipeline';
import { operationNames, type OperationName, type Operations, type Report } from '../operations.js';
import type { Line } from './line.js';

type Operation = (input: unknown, report: Report) => Promise<unknown>;

/**
 * Serves operations on a Unix socket that only this user can open: `POST /<operation>` with its argument as JSON; the
 * answer is NDJSON: progress lines, then one with the result or the failure.
 */
export class OperationsServer {
  private readonly server: Server;
  private active = 0;

  constructor(private readonly operations: Operations) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.requestTimeout = 0;
  }

  /** Call it only as the owner of the home folder: a socket file that is there was left by a process that is gone. */
  async listen(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rm(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(path, resolve);
    });
    await chmod(path, 0o600);
  }

  /** Whether a caller is being served. */
  get busy(): boolean {
    return this.active > 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.active += 1;
    const write = (line: Line) => response.write(`${JSON.stringify(line)}\n`);
    try {
      response.setHeader('Content-Type', 'application/x-ndjson');
      const name = (request.url ?? '').slice(1) as OperationName;
      if (!operationNames.includes(name)) throw new WeirError('unknown_operation', `there is no operation ${name}`);
      const operations = this.operations as unknown as { readonly [name: string]: Operation };
      const result = await operations[name]?.(await json(request), (progress) => write({ progress }));
      write({ result: result ?? null });
    } catch (error) {
      write({ failure: toFailure(error) });
    } finally {
      response.end();
      this.active -= 1;
    }
  }
}
