import fc from 'fast-check';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { letterId, readLetter, readLetterId } from './read-letter.js';

const record = {
  dataset: 'covid',
  region: 'DEU',
  region_name: 'Germany',
  date: '2023-05-16',
  new_cases: 1.5,
  run_id: 'run-1',
  revision: 1042,
  withdrawn: false,
};

const letter = (changes: Partial<Pick<KafkaMessage, 'key' | 'value'>> = {}, headers: IHeaders = {}): KafkaMessage => ({
  key: Buffer.from('DEU'),
  value: Buffer.from(JSON.stringify(record)),
  timestamp: String(Date.UTC(2023, 4, 16, 12)),
  attributes: 0,
  offset: '7',
  headers,
  ...changes,
});

const connectHeaders = (topic: string, partition: string, offset: string, message: string): IHeaders => ({
  '__connect.errors.topic': Buffer.from(topic),
  '__connect.errors.partition': Buffer.from(partition),
  '__connect.errors.offset': Buffer.from(offset),
  '__connect.errors.exception.class.name': Buffer.from('com.clickhouse.client.ServerException'),
  '__connect.errors.exception.message': Buffer.from(message),
});

it('says which row it is, why it was refused, and where it came from', () => {
  expect(readLetter(0, letter({}, connectHeaders('incidence', '4', '1234', 'Cannot parse Float64')))).toEqual({
    id: '0-7',
    refused_at: '2023-05-16T12:00:00.000Z',
    reason: 'Cannot parse Float64',
    error_class: 'com.clickhouse.client.ServerException',
    origin: { topic: 'incidence', partition: 4, offset: '1234' },
    key: 'DEU',
    value: JSON.stringify(record),
    row: { dataset: 'covid', region: 'DEU', date: '2023-05-16', run_id: 'run-1', revision: 1042 },
  });
});

it('of two refusals takes the origin of the first and the reason of the last', () => {
  const first = connectHeaders('incidence', '4', '1234', 'the whole batch was refused');
  const second = connectHeaders('incidence.retry', '0', '9', 'Cannot parse Float64');
  const both = Object.fromEntries(Object.keys(first).map((name) => [name, [first[name], second[name]] as Buffer[]]));
  expect(readLetter(0, letter({}, both))).toMatchObject({
    reason: 'Cannot parse Float64',
    origin: { topic: 'incidence', partition: 4, offset: '1234' },
  });
});

const stack = (...causes: string[]) =>
  ['java.lang.RuntimeException: Topic: [incidence]\n\tat a.b.C.put(C.java:1)\n\t... 16 more', ...causes].join(
    '\nCaused by: ',
  );

it.each<[string, string, string]>([
  [
    'says first what ClickHouse said, which the connector wraps',
    stack(
      'java.io.IOException: lost\n\tat a.B$c.d(B.java:2)',
      'a.ServerException: Code: 469. DB::Exception: at row 1.\n\tat a.B(C:1)',
    ),
    'Code: 469. DB::Exception: at row 1.; Topic: [incidence]',
  ],
  ['says what the connector said where nothing is wrapped', stack(), 'Topic: [incidence]'],
  ['does not say a thing twice', stack('a.B: Topic: [incidence]\n\tat a.b(C:1)'), 'Topic: [incidence]'],
  [
    'keeps to what the connector said where the cause has no message',
    stack('java.lang.Error\n\tat a.b(C:1)'),
    'Topic: [incidence]',
  ],
])('%s', (_, text, reason) => {
  const headers = {
    ...connectHeaders('incidence', '4', '1234', 'Topic: [incidence]'),
    '__connect.errors.exception.stacktrace': Buffer.from(text),
  };
  expect(readLetter(0, letter({}, headers)).reason).toBe(reason);
});

it.each<[string, Buffer | null, object]>([
  ['no value', null, { value: null, row: null }],
  ['broken JSON', Buffer.from('{"dataset":"cov'), { value: '{"dataset":"cov', row: null }],
  ['JSON that is no record', Buffer.from('[1]'), { value: '[1]', row: null }],
  ['JSON null', Buffer.from('null'), { value: 'null', row: null }],
  ['a record with a revision that is no number', Buffer.from('{"dataset":"a","revision":"1"}'), { row: null }],
  ['NUL inside', Buffer.from('\0'), { value: '\0', row: null }],
  ['bytes that are no text', Buffer.from([0xff, 0xfe]), { value: '\uFFFD\uFFFD', row: null }],
])('can be listed with %s', (_, value, expected) => {
  expect(readLetter(0, letter({ value }))).toMatchObject(expected);
});

it('without headers has no origin, and says that no reason was given', () => {
  expect(readLetter(0, letter({ key: null }))).toMatchObject({
    reason: 'no reason was given',
    error_class: null,
    origin: null,
    key: null,
  });
});

it('without a message names the class of the error', () => {
  const headers = { '__connect.errors.exception.class.name': Buffer.from('java.lang.NullPointerException') };
  expect(readLetter(0, letter({}, headers)).reason).toBe('java.lang.NullPointerException');
});

it('has no NUL in its reason, which is shown and stored', () => {
  expect(readLetter(0, letter({}, connectHeaders('incidence', '0', '1', 'a\0b'))).reason).toBe('a\uFFFDb');
});

it('has no origin where its headers make none', () => {
  expect(readLetter(0, letter({}, connectHeaders('incidence', 'x', '1', '')))).toMatchObject({ origin: null });
});

it('can be listed whatever bytes it consists of', () => {
  const bytes = fc.uint8Array().map((some) => Buffer.from(some));
  const header = fc.oneof(bytes, fc.array(bytes), fc.constant(undefined));
  const names = Object.keys(connectHeaders('', '', '', ''));
  fc.assert(
    fc.property(
      fc.option(bytes),
      fc.option(bytes),
      fc.dictionary(fc.constantFrom(...names), header),
      (key, value, headers) => {
        const read = readLetter(3, letter({ key, value }, headers));
        expect(read.id).toBe('3-7');
        expect(JSON.parse(JSON.stringify(read))).toEqual(read);
      },
    ),
  );
});

describe('an id', () => {
  it('is partition and offset, and is read back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999 }), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (partition, offset) => {
        expect(readLetterId(letterId(partition, offset))).toEqual({ partition, offset });
      }),
    );
  });

  it.each(['', '0', '0-', '-1', '0-1-2', 'a-b', '0- 1', '0-1\n', '1e3-2', '99999999999-1'])('is not %j', (text) => {
    expect(readLetterId(text)).toBeNull();
  });
});
