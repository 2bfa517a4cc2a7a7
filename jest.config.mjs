import { availableParallelism } from 'node:os';

/**
 * Specs stand beside the code. `*.spec.ts` need nothing but Node; `*.integration.spec.ts` start real engines or the real
 * programs, one process per file (chDB refuses a second spec file in one process); `*.page.spec.ts` look at the web page in
 * Chromium; `*.data.spec.ts` read ../shared/data;
 * `*.stack.spec.ts` need the stack of tools/stack.mjs, and have it to themselves, one after the other.
 * tools/test.mjs chooses between them by WEIR_SUITE.
 */
const suite = process.env.WEIR_SUITE ?? 'unit';
const patterns = {
  unit: {
    testMatch: ['**/*.spec.ts'],
    // Nothing here is timed; a busy machine is no failure.
    testTimeout: 30_000,
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.(integration|page|data|stack)\\.spec\\.ts$'],
  },
  // One that starts seven processes takes a minute where nothing else runs, and nobody knows what else runs.
  integration: { testMatch: ['**/*.integration.spec.ts'], workerIdleMemoryLimit: '1KB', testTimeout: 600_000 },
  page: { testMatch: ['**/*.page.spec.ts'], testTimeout: 300_000 },
  data: { testMatch: ['**/*.data.spec.ts'], workerIdleMemoryLimit: '1KB', testTimeout: 300_000 },
  stack: {
    testMatch: ['**/*.stack.spec.ts'],
    maxWorkers: 1,
    testTimeout: 600_000,
    testSequencer: '<rootDir>/tools/stack-order.mjs',
  },
};

export default {
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@weir/orchestration/workflow$': '<rootDir>/libs/orchestration/src/workflows/index.ts',
    '^@weir/adapter-temporal/(worker|workflow)$': '<rootDir>/libs/adapters/temporal/src/$1/index.ts',
    '^@weir/adapter-([a-z0-9-]+)$': '<rootDir>/libs/adapters/$1/src/index.ts',
    '^@weir/([a-z0-9-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  // Two at least: on two cores, Jest would run file after file, and wait with each for its programs.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  modulePathIgnorePatterns: ['/dist/', '/node_modules/.cache/'],
  collectCoverageFrom: ['libs/*/src/**/*.ts', 'libs/adapters/*/src/**/*.ts', 'apps/*/src/**/*.ts', '!**/index.ts'],
  ...patterns[suite],
};
