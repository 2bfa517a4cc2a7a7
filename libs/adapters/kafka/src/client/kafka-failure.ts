import { WeirError } from '@weir/pipeline';

/** Does something with Kafka; what fails becomes a WeirError: `dependency_unavailable` (retryable), or what follows. */
export async function withKafka<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw kafkaFailure(error);
  }
}

/** By the broker's own names of its errors: those that trying again cannot mend. */
const REFUSALS: { readonly [type: string]: readonly [code: string, message: string] } = {
  MESSAGE_TOO_LARGE: ['record_too_large', 'Kafka refused a record that is larger than the topic allows'],
  RECORD_LIST_TOO_LARGE: ['record_too_large', 'Kafka refused a record that is larger than the topic allows'],
  ...Object.fromEntries(
    [
      'TOPIC_AUTHORIZATION_FAILED',
      'GROUP_AUTHORIZATION_FAILED',
      'CLUSTER_AUTHORIZATION_FAILED',
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
      'SASL_AUTHENTICATION_FAILED',
      'UNSUPPORTED_SASL_MECHANISM',
      'SECURITY_DISABLED',
    ].map((type) => [
      type,
      ['kafka_not_authorised', 'Kafka refused us: the user lacks the right, or the login is wrong'],
    ]),
  ),
  ...Object.fromEntries(
    [
      'INVALID_TOPIC_EXCEPTION',
      'INVALID_REPLICATION_FACTOR',
      'INVALID_PARTITIONS',
      'INVALID_CONFIG',
      'INVALID_REQUEST',
      'POLICY_VIOLATION',
      'UNSUPPORTED_VERSION',
      'UNSUPPORTED_COMPRESSION_TYPE',
      'INVALID_REQUIRED_ACKS',
      'INVALID_TIMESTAMP',
    ].map((type) => [type, ['kafka_refused', 'Kafka refused what was asked of it']]),
  ),
};

export function kafkaFailure(error: unknown): unknown {
  if (error instanceof WeirError) return error;
  const causes = causesOf(error);
  // A mistake of ours is no outage, and must not be retried as one.
  if (causes.every((cause) => !isOfKafka(cause))) return error;
  const types = causes.map(typeOf);
  const refusal = types.find((type) => type !== null && type in REFUSALS);
  const reason = causes.at(-1)?.message ?? String(error);
  if (refusal) {
    const [code, message] = REFUSALS[refusal] as readonly [string, string];
    return new WeirError(code, `${message}: ${reason}`, { details: { dependency: 'kafka' }, cause: error });
  }
  if (types.includes('UNKNOWN_TOPIC_OR_PARTITION')) {
    return new WeirError('dependency_unavailable', 'A topic is missing in Kafka; `weir migrate run` makes it.', {
      retryable: true,
      details: { dependency: 'kafka' },
      cause: error,
    });
  }
  return unreachable(error);
}

/** Kafka does not answer, or not in time. */
export function unreachable(cause: unknown): WeirError {
  return new WeirError('dependency_unavailable', 'Kafka cannot be reached; try again in a moment.', {
    retryable: true,
    details: { dependency: 'kafka' },
    cause,
  });
}

/** The error and what caused it, outermost first; of several at once, all. */
function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && causes.length < 20) {
    const next = waiting.shift();
    if (!(next instanceof Error) || causes.includes(next)) continue;
    causes.push(next);
    waiting.push(next.cause, ...('errors' in next && Array.isArray(next.errors) ? (next.errors as unknown[]) : []));
  }
  return causes;
}

/** kafkajs calls its errors KafkaJS…; the system's have codes such as ECONNREFUSED. */
function isOfKafka(error: Error): boolean {
  return error.name.startsWith('KafkaJS') || ('code' in error && typeof error.code === 'string');
}

function typeOf(error: Error): string | null {
  if (error.name === 'KafkaJSSASLAuthenticationError') return 'SASL_AUTHENTICATION_FAILED';
  return 'type' in error && typeof error.type === 'string' ? error.type : null;
}
