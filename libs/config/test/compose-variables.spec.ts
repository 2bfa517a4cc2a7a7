import { readFileSync } from 'node:fs';
import { environmentVariables } from '../src/index.js';

/** Which variables docker-compose.yml reads, for `.env.example` and the reference: tools/compose-variables.mjs. */
interface Tool {
  composeVariables(text: string): ReadonlyMap<string, string>;
  composeOnly(
    defaults: ReadonlyMap<string, string>,
    ofPrograms: readonly string[],
  ): readonly { readonly name: string; readonly about: string; readonly default: string }[];
}

let tool: Tool;
let actual: ReadonlyMap<string, string>;
beforeAll(async () => {
  const root = new URL('../../../', import.meta.url);
  tool = (await import(new URL('tools/compose-variables.mjs', root).href)) as Tool;
  actual = tool.composeVariables(readFileSync(new URL('docker-compose.yml', root), 'utf8'));
});

const ofPrograms = environmentVariables.map(({ name }) => name);

it('finds every variable with its default, inner ones and empty ones too', () => {
  const text = [
    '# Every ${COMMENT:-x} may be set.',
    '  URL: ${URL:-postgres://weir:${SECRET:-weir-local}@postgres:5432/weir}',
    "  test: 'http://$$HOSTNAME:${INNER_PORT:-8123} $${NOT_OURS}'",
    '  EMPTY: ${EMPTY:-}',
    '  SECRET: ${SECRET:-weir-local}',
  ].join('\n');
  expect([...tool.composeVariables(text)]).toEqual([
    ['URL', 'postgres://weir:${SECRET}@postgres:5432/weir'],
    ['SECRET', 'weir-local'],
    ['INNER_PORT', '8123'],
    ['EMPTY', ''],
  ]);
});

it.each([
  ['${NAME}', 'is not ${NAME:-default}'],
  ['${NAME:?must be set}', 'is not ${NAME:-default}'],
  ['${NAME:-a} ${NAME:-b}', 'NAME has two defaults, a and b'],
  ['${NAME:-${OTHER:-a}', 'no }'],
])('refuses %s', (text, why) => {
  expect(() => tool.composeVariables(text)).toThrow(why);
});

it('explains what the compose file alone reads, and fails for what it cannot explain', () => {
  const only = tool.composeOnly(actual, ofPrograms);
  expect(only).toContainEqual({ name: 'API_PORT', about: expect.any(String), default: '8000' });
  expect(only.map(({ name }) => name)).not.toContain('DUCKDB_MEMORY');
  expect(() => tool.composeOnly(new Map([...actual, ['NOVELTY', 'x']]), ofPrograms)).toThrow(
    'NOVELTY has no explanation',
  );
  const fewer = new Map([...actual].filter(([name]) => name !== 'API_PORT'));
  expect(() => tool.composeOnly(fewer, ofPrograms)).toThrow('API_PORT is not read');
});

it('knows the compose file to let every address be set that a managed service may have', () => {
  const addresses = [
    'DATABASE_URL',
    'CLICKHOUSE_HOST',
    'KAFKA_BROKERS',
    'TEMPORAL_ADDRESS',
    'CONNECT_URL',
    'KEEPER_URL',
  ];
  expect(addresses.filter((name) => !actual.has(name))).toEqual([]);
});
