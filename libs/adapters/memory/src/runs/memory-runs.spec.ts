import { runRepositoryContract } from '@weir/testing';
import { MemoryRunRepository } from '../index.js';

describe('runs in memory', () => {
  runRepositoryContract(() => new MemoryRunRepository());
});
