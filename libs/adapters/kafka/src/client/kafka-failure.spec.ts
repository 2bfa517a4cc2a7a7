import { KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { WeirError } from '@weir/pipeline';
import { kafkaFailure, withKafka } from './kafka-failure.js';

/** An error of the broker, by its name in the protocol. */
const protocolError = (type: string, retriable = false) =>
  new KafkaJSProtocolError(Object.assign(new Error(`the broker said ${type}`), { type, code: 1, retriable }));
const exhausted = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1 });
const wrapped = (cause: Error) => Object.assign(new KafkaJSNonRetriableError(cause), { cause });
const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9092'), { code: 'ECONNREFUSED' });

const details = { dependency: 'kafka' };

it.each<[string, Error]>([
  ['a refused connection', refused],
  ['a refused connection, after retries', exhausted(refused)],
  ['a leader that is elsewhere', protocolError('NOT_LEADER_FOR_PARTITION', true)],
  ['too few replicas', exhausted(protocolError('NOT_ENOUGH_REPLICAS', true))],
  ['a sequence number that is out of order', wrapped(protocolError('OUT_OF_ORDER_SEQUENCE_NUMBER'))],
  ['a fenced producer', protocolError('INVALID_PRODUCER_EPOCH')],
])('calls %s an outage, which may pass', (_, error) => {
  expect(kafkaFailure(error)).toMatchObject({ code: 'dependency_unavailable', retryable: true, details, cause: error });
});

it.each<[string, Error, string]>([
  ['a record too large', protocolError('MESSAGE_TOO_LARGE'), 'record_too_large'],
  ['a record too large, deep inside', wrapped(exhausted(protocolError('MESSAGE_TOO_LARGE'))), 'record_too_large'],
  ['a right that is lacking', protocolError('TOPIC_AUTHORIZATION_FAILED'), 'kafka_not_authorised'],
  ['a wrong login', Object.assign(new Error('no'), { name: 'KafkaJSSASLAuthenticationError' }), 'kafka_not_authorised'],
  ['a wrong setting', protocolError('INVALID_CONFIG'), 'kafka_refused'],
])('calls %s what it is, and final', (_, error, code) => {
  expect(kafkaFailure(error)).toMatchObject({ code, retryable: false, details, cause: error });
});

it('finds the reason among errors of several topics', () => {
  const several = Object.assign(new Error('Topic errors'), {
    name: 'KafkaJSAggregateError',
    errors: [protocolError('TOPIC_ALREADY_EXISTS'), protocolError('POLICY_VIOLATION')],
  });
  expect(kafkaFailure(several)).toMatchObject({ code: 'kafka_refused', message: expect.stringContaining('POLICY') });
});

it('says what to do where a topic is missing', () => {
  expect(kafkaFailure(protocolError('UNKNOWN_TOPIC_OR_PARTITION', true))).toMatchObject({
    code: 'dependency_unavailable',
    retryable: true,
    message: expect.stringContaining('weir migrate run'),
  });
});

it('says nothing of hosts, which are no reader’s business', () => {
  expect((kafkaFailure(exhausted(refused)) as Error).message).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
});

it('leaves alone what is no failure of Kafka', async () => {
  const mistake = new TypeError('x is not a function');
  await expect(withKafka(() => Promise.reject(mistake))).rejects.toBe(mistake);
  const ours = new WeirError('query_failed', 'no');
  await expect(withKafka(() => Promise.reject(ours))).rejects.toBe(ours);
});
