export { MemoryAccounts } from './accounts/memory-accounts.js';
export { MemoryUserRepository } from './accounts/memory-user.repository.js';
export { MemoryApiKeyRepository } from './accounts/memory-api-key.repository.js';
export { MemoryDeadLetterQueue, type PublishedRecord } from './dead-letters/memory-dead-letter-queue.js';
export { MemoryReplayLog } from './dead-letters/memory-replay-log.js';
export { MemoryIncidenceRepository } from './incidence/memory-incidence.repository.js';
export { MemoryRunRepository } from './runs/memory-run.repository.js';
export { MemoryRevisionStore } from './revisions/memory-revision.store.js';
export { InProcessStream } from './stream/in-process-stream.js';
