import type { Page } from '@weir/record';
import type { Worker, WorkerDirectory } from './worker-directory.js';

/** Who executes runs now. */
export class WorkersService {
  constructor(private readonly directory: WorkerDirectory) {}

  async list(): Promise<Page<Worker>> {
    return { data: await this.directory.all(), next_cursor: null };
  }
}
