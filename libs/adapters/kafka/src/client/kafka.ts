import kafkajs, { type Kafka, type KafkaConfig, type LogEntry, type SASLOptions } from 'kafkajs';
import { gzipCodec } from './gzip.js';

export type { Kafka };

// A CommonJS module: Node finds few of its names by itself.
const { CompressionCodecs, CompressionTypes, logLevel } = kafkajs;

export interface KafkaSettings {
  /** `host:port` of brokers to begin with. */
  readonly brokers: readonly string[];
  /** How this program is called in the broker's logs and quotas. */
  readonly clientId: string;
  /** For brokers that want TLS, or a login. */
  readonly ssl?: boolean;
  readonly login?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  } | null;
  /** Makes the connections, where they do not simply go to the broker's address; see kafkajs. */
  readonly socketFactory?: KafkaConfig['socketFactory'];
  /** What the client has to say of itself: warnings and errors. Without it nothing is said: what fails is thrown. */
  readonly log?: (level: 'warn' | 'error', message: string, details: { readonly [key: string]: unknown }) => void;
}

/**
 * A client. It connects when it is first used, and it never writes to the console. It tries again for some seconds;
 * whoever uses it has a deadline of his own.
 */
export function connectKafka(settings: KafkaSettings): Kafka {
  CompressionCodecs[CompressionTypes.GZIP] = () => gzipCodec;
  const { log } = settings;
  return new kafkajs.Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    ...(settings.ssl === undefined ? {} : { ssl: settings.ssl }),
    ...(settings.socketFactory === undefined ? {} : { socketFactory: settings.socketFactory }),
    ...(settings.login ? { sasl: settings.login as SASLOptions } : {}),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, factor: 0.2, multiplier: 2, maxRetryTime: 2_000, retries: 6 },
    logLevel: log ? logLevel.WARN : logLevel.NOTHING,
    logCreator: () => (entry) =>
      log?.(entry.level === logLevel.ERROR ? 'error' : 'warn', entry.log.message, said(entry)),
  });
}

/** What stands beside the message, without its time and stack. */
function said({ namespace, log }: LogEntry): { readonly [key: string]: unknown } {
  const { message: _message, timestamp: _timestamp, stack: _stack, logger: _logger, ...details } = log;
  return { namespace, ...details };
}
