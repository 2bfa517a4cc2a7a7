import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnectors } from './read-connectors.js';

const ours = join(import.meta.dirname, '../../../../kafka-connect/connectors');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-connectors-'));
});
afterEach(() => rm(folder, { recursive: true }));
const declare = (file: string, content: unknown) =>
  writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

describe('the connectors of the stack', () => {
  it('pass on what they refuse: the topic, the retries, the dead letters', async () => {
    const [retry, sink, ...more] = await readConnectors(ours);
    expect(more).toEqual([]);
    expect([sink?.name, retry?.name]).toEqual(['incidence-sink', 'incidence-retry-sink']);
    const letters = 'errors.deadletterqueue.topic.name';
    expect([sink?.config['topics'], sink?.config[letters]]).toEqual(['incidence', 'incidence.retry']);
    expect([retry?.config['topics'], retry?.config[letters]]).toEqual(['incidence.retry', 'incidence.dlq']);
    expect(retry?.config['consumer.override.max.poll.records']).toBe('1');
  });

  it('write one table with the same user and settings, and hold no secret', async () => {
    const [retry, sink] = await readConnectors(ours);
    const same = [
      'hostname',
      'port',
      'ssl',
      'username',
      'password',
      'database',
      'bypassFieldCleanup',
      'clickhouseSettings',
    ];
    for (const key of same) expect([key, retry?.config[key]]).toEqual([key, sink?.config[key]]);
    expect(sink?.config['password']).toBe('${env:CLICKHOUSE_PASSWORD}');
    expect(sink?.config['topic2TableMap']).toBe('incidence=incidence_revisions');
    expect(retry?.config['topic2TableMap']).toBe('incidence.retry=incidence_revisions');
  });
});

it('reads each file of a folder in the order of their names, and nothing else', async () => {
  await declare('b.json', { name: 'b', config: { topics: 'y' } });
  await declare('a.json', { name: 'a', config: { topics: 'x' } });
  await declare('README.md', 'no connector');
  expect(await readConnectors(folder)).toEqual([
    { name: 'a', config: { topics: 'x' } },
    { name: 'b', config: { topics: 'y' } },
  ]);
});

it.each([
  ['is no JSON', '{', /JSON/],
  ['is null', null, /"name" must be a text/],
  ['has no name', { config: {} }, /"name" must be a text/],
  ['has no config', { name: 'a' }, /"config" must be an object/],
  [
    'has a number, which Connect would give back as a text',
    { name: 'a', config: { port: 1 } },
    /"port" must be a text/,
  ],
])('names a file that %s', async (_what, content, message) => {
  await declare('wrong.json', content);
  await expect(readConnectors(folder)).rejects.toMatchObject({
    code: 'connector_file_invalid',
    message: expect.stringMatching(new RegExp(`wrong\\.json.*${message.source}`)),
  });
});

it('refuses a folder without connectors, or that is not there', async () => {
  await expect(readConnectors(folder)).rejects.toMatchObject({ code: 'connector_file_invalid' });
  await expect(readConnectors(join(folder, 'none'))).rejects.toMatchObject({ code: 'connector_file_invalid' });
});
