export { connectKafka, type Kafka, type KafkaSettings } from './client/kafka.js';
export { pingKafka } from './client/admin.js';
export { withKafka } from './client/kafka-failure.js';
export { KafkaRecordStream, type KafkaRecordStreamSettings } from './stream/kafka-record-stream.js';
export type { KeyedLines } from './producer/encoded-messages.js';
export {
  KafkaDeadLetterQueue,
  REPLAY_HEADER,
  type KafkaDeadLetterQueueSettings,
} from './dead-letters/kafka-dead-letter-queue.js';
export { ensureTopics } from './topics/ensure-topics.js';
export {
  declaredTopics,
  DEAD_LETTER_TOPIC,
  INCIDENCE_TOPIC,
  RETRY_TOPIC,
  type TopicDeclaration,
} from './topics/topics.js';
export { KafkaSinkTopics, type SinkTopicsSettings } from './sink-topics.js';
