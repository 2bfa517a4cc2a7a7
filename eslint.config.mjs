import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/**
 * Which kind of workspace may import which: an allow-list, as docs/architecture.md draws it. Adapters never import one
 * another, and nobody imports an app.
 */
const MAY_IMPORT = {
  record: [],
  raw: [],
  pipeline: ['record'],
  transforms: ['pipeline', 'record'],
  migrations: ['pipeline'],
  accounts: ['pipeline'],
  incidence: ['pipeline', 'record'],
  orchestration: ['pipeline', 'record', 'raw'],
  operations: ['accounts', 'migrations', 'orchestration', 'pipeline', 'raw', 'record'],
  adapter: ['accounts', 'incidence', 'migrations', 'operations', 'orchestration', 'pipeline', 'raw', 'record'],
  catalogue: ['adapter', 'incidence', 'pipeline', 'transforms'],
  api: ['accounts', 'incidence', 'operations', 'pipeline', 'record', 'telemetry'],
  telemetry: ['pipeline'],
  config: ['pipeline'],
  stack: [
    'accounts',
    'adapter',
    'api',
    'catalogue',
    'config',
    'migrations',
    'operations',
    'orchestration',
    'pipeline',
    'raw',
    'record',
    'telemetry',
  ],
  client: [],
  page: ['client'],
  testing: [
    'accounts',
    'config',
    'incidence',
    'migrations',
    'operations',
    'orchestration',
    'pipeline',
    'raw',
    'record',
  ],
  app: [
    'accounts',
    'adapter',
    'api',
    'catalogue',
    'client',
    'config',
    'incidence',
    'migrations',
    'operations',
    'orchestration',
    'pipeline',
    'raw',
    'record',
    'stack',
    'telemetry',
  ],
};

/** Specs may also use the contract suites, and real adapters in place of mocks. */
const FOR_SPECS = ['adapter', 'testing', 'transforms', 'catalogue', 'client'];

/** A library's spec may use the adapter that builds on the library: a circle only on paper, nothing of it is shipped. */
const circlesOfSpecs = Object.keys(MAY_IMPORT).flatMap((name) =>
  ['@weir/adapter-memory', '@weir/adapter-duckdb', '@weir/testing'].map((used) => [`@weir/${name}`, used]),
);

const boundaries = (extra, ignoredCircularDependencies = []) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    ignoredCircularDependencies,
    depConstraints: Object.entries(MAY_IMPORT).map(([tag, allowed]) => ({
      sourceTag: `type:${tag}`,
      onlyDependOnLibsWithTags: [...new Set([...allowed, ...extra])].map((name) => `type:${name}`),
    })),
  },
];

const specs = [
  'libs/testing/**/*.ts',
  '**/*.spec.ts',
  '**/*.fixture.ts',
  'apps/*/test/**/*.ts',
  'libs/**/test/**/*.ts',
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/dist.*/**',
      'apps/worker/bundle/**',
      '**/node_modules/**',
      '.nx/**',
      'coverage/**',
      '.weir/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/bin/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' } },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A value of JSON that is no object is what is turned into text here.
      '@typescript-eslint/no-base-to-string': 'off',
      // Ports answer with promises; an adapter that has nothing to wait for still keeps to them.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is read in libs/config and injected.' },
      ],
    },
  },
  { files: ['libs/config/**/*.ts', 'apps/cli/src/owner/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    // The images of the stack must not carry them.
    files: ['**/*.ts'],
    ignores: ['apps/embedded/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['chdb', 'chdb/*', '@electric-sql/*'], message: 'Embedded engines belong to apps/embedded.' },
          ],
        },
      ],
    },
  },
  {
    // A workflow is replayed: it must do the same again. What it may use is @temporalio/workflow, pure code, and types.
    files: [
      'libs/orchestration/src/workflows/**/*.ts',
      'libs/adapters/temporal/src/workflow/**/*.ts',
      'apps/worker/src/workflows.ts',
    ],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(?!\\.{1,2}/|@temporalio/(?:workflow|common)$|@weir/orchestration/workflow$|@weir/adapter-temporal/workflow$)',
              allowTypeImports: true,
              message: 'A workflow imports pure code and types only; what touches the world is an activity.',
            },
            {
              regex: '^\\.\\./(?!contract(?:\\.js$|/))',
              allowTypeImports: true,
              message: 'Of its library, a workflow imports nothing but the contract.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'fetch',
          'performance',
          'crypto',
          'Buffer',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
          'WeakRef',
          'FinalizationRegistry',
          'console',
          'require',
          'globalThis',
        ].map((name) => ({
          name,
          message: 'It is not the same when the workflow is replayed.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.object.name='Math'][callee.property.name='random'], NewExpression[callee.name='Date'], CallExpression[callee.object.name='Date']",
          message: 'Times and chance belong to activities: a replay must decide the same.',
        },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    // It runs in browsers too, or only there.
    files: ['libs/client/src/**/*.ts', 'apps/dashboard/src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'Browsers lack it.' }] }] },
  },
  {
    // Nest reads parameter types at run time: a class that is injected must not become a type-only import.
    files: ['libs/api/src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(FOR_SPECS, circlesOfSpecs),
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  prettier,
);
