import { deadLetterQueueContract, replayLogContract } from '@weir/testing';
import { MemoryDeadLetterQueue, MemoryReplayLog } from '../index.js';

describe('dead letters in memory', () => {
  deadLetterQueueContract(() => {
    const replays = new Map<string, string>();
    const queue = new MemoryDeadLetterQueue(async () => replays);
    return {
      queue,
      replays,
      refuse: async (records) => records.forEach(({ reason, ...record }) => queue.refuse(record, reason)),
      republished: async () => queue.republished,
    };
  });
});

describe('the log of replays in memory', () => {
  replayLogContract(() => new MemoryReplayLog());
});
