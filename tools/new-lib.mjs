import { mkdirSync, writeFileSync, existsSync } from 'node:fs';
const libs = {
  'libs/record': ['@weir/record', 'type:record', {}],
  'libs/pipeline': ['@weir/pipeline', 'type:pipeline', { '@weir/record': '*', yaml: '2.9.1', zod: '4.6.7' }],
  'libs/transforms': ['@weir/transforms', 'type:transforms', { '@weir/record': '*', '@weir/pipeline': '*', zod: '4.6.7' }],
  'libs/raw': ['@weir/raw', 'type:raw', {}],
  'libs/migrations': ['@weir/migrations', 'type:migrations', {}],
  'libs/accounts': ['@weir/accounts', 'type:accounts', { bcrypt: '6.0.0' }],
  'libs/incidence': ['@weir/incidence', 'type:incidence', { '@weir/record': '*' }],
  'libs/orchestration': ['@weir/orchestration', 'type:orchestration', { '@weir/pipeline': '*', '@weir/record': '*', '@weir/raw': '*' }],
  'libs/operations': ['@weir/operations', 'type:operations', {}],
  'libs/config': ['@weir/config', 'type:config', { zod: '4.6.7' }],
  'libs/api': ['@weir/api', 'type:api', {
    '@nestjs/common': '12.5.1', '@nestjs/core': '12.5.1', '@nestjs/platform-express': '12.5.1', '@nestjs/swagger': '12.0.2',
    'class-transformer': '0.5.1', 'class-validator': '0.15.1', helmet: '8.3.0', 'rate-limiter-flexible': '11.4.0', 'reflect-metadata': '0.2.2', redoc: '2.5.4', rxjs: '7.8.2', 'swagger-ui-dist': '5.35.0' }],
  'libs/testing': ['@weir/testing', 'type:testing', {}],
  'libs/adapters/clickhouse': ['@weir/adapter-clickhouse', 'type:adapter', { '@clickhouse/client': '1.23.1' }],
  'libs/adapters/postgres': ['@weir/adapter-postgres', 'type:adapter', { pg: '8.23.1', typeorm: '1.1.1' }],
  'libs/adapters/http': ['@weir/adapter-http', 'type:adapter', { 'p-retry': '7.1.1' }],
  'libs/adapters/html': ['@weir/adapter-html', 'type:adapter', { cheerio: '1.2.0' }],
  'libs/adapters/csv': ['@weir/adapter-csv', 'type:adapter', {}],
  'libs/adapters/duckdb': ['@weir/adapter-duckdb', 'type:adapter', { '@duckdb/node-api': '1.5.5-r.5' }],
  'libs/adapters/filesystem': ['@weir/adapter-filesystem', 'type:adapter', {}],
  'libs/adapters/memory': ['@weir/adapter-memory', 'type:adapter', {}],
  'apps/embedded': ['@weir/embedded', 'type:app', { chdb: '3.4.0', '@electric-sql/pglite': '0.5.14', '@electric-sql/pglite-socket': '0.2.17', croner: '10.0.1', pino: '10.4.0' }],
  'apps/cli': ['@weir/cli', 'type:app', { commander: '14.0.3', 'cli-progress': '3.12.0' }],
};
for (const [dir, [name, tag, dependencies]] of Object.entries(libs)) {
  mkdirSync(`${dir}/src`, { recursive: true });
  const p = { name, version: '0.1.0', private: true, license: 'MIT', type: 'module',
    ...(dir.startsWith('libs') ? { exports: { '.': { types: './src/index.ts', default: './dist/index.js' } } } : {}),
    dependencies, nx: { tags: [tag] } };
  writeFileSync(`${dir}/package.json`, JSON.stringify(p, null, 2) + '\n');
  if (dir.startsWith('libs') && !existsSync(`${dir}/src/index.ts`)) writeFileSync(`${dir}/src/index.ts`, 'export {};\n');
}
