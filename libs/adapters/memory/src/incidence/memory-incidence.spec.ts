import { incidenceContract } from '@weir/testing';
import { MemoryIncidenceRepository } from '../index.js';

describe('figures in memory', () => {
  incidenceContract(() => {
    const repository = new MemoryIncidenceRepository();
    return { repository, commit: (...change) => repository.commit(...change) };
  });
});
