import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbWorkspace } from '@weir/adapter-duckdb';
import { incidenceSchema } from '@weir/incidence';
import type { Workspace } from '@weir/pipeline';
import { revisionStoreContract } from '@weir/testing';
import { MemoryRevisionStore } from '../index.js';

describe('revisions in memory', () => {
  let scratch: string;
  let workspace: Workspace;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'weir-revisions-'));
    workspace = await openDuckDbWorkspace({ scratch, memoryLimit: '400MB', threads: 1 });
  });
  afterAll(async () => {
    await workspace.close();
    await rm(scratch, { recursive: true });
  });

  revisionStoreContract(async () => {
    const store = await MemoryRevisionStore.create(incidenceSchema, workspace);
    return { store, load: (chunk) => store.load(chunk), workspace };
  });
});
