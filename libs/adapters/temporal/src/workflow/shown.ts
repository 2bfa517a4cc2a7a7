import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import type { Activities, Counts, IngestInput, IngestResult } from '@weir/orchestration/workflow';
import { searchAttributes as names } from '../contract.js';

const keys = {
  pipeline: defineSearchAttributeKey(names.pipeline, 'KEYWORD'),
  branch: defineSearchAttributeKey(names.branch, 'KEYWORD'),
  runId: defineSearchAttributeKey(names.runId, 'KEYWORD'),
  status: defineSearchAttributeKey(names.status, 'KEYWORD'),
  extracted: defineSearchAttributeKey(names.extracted, 'INT'),
  rejected: defineSearchAttributeKey(names.rejected, 'INT'),
  published: defineSearchAttributeKey(names.published, 'INT'),
};

/** What people see of a run on Temporal's page: search attributes to find it by, a memo to read. */
export function showRun({ run_id, pipeline }: IngestInput): void {
  show([{ key: keys.runId, value: run_id }, { key: keys.pipeline, value: pipeline }, status('running')], {
    run_id,
    pipeline,
  });
}

export function showBranch({ branch, reason }: Awaited<ReturnType<Activities['check_history']>>): void {
  show([{ key: keys.branch, value: branch }], { branch: `${branch}: ${reason}` });
}

export function showEnd({ status: ended, error }: Pick<IngestResult, 'status' | 'error'>, counts: Counts): void {
  const { extracted, rejected, published } = counts;
  show(
    [
      status(ended),
      { key: keys.extracted, value: extracted },
      { key: keys.rejected, value: rejected },
      { key: keys.published, value: published },
    ],
    { counts, ...(error ? { error: { code: error.code, message: error.message } } : {}) },
  );
}

function status(value: string): SearchAttributeUpdatePair {
  return { key: keys.status, value };
}

function show(attributes: SearchAttributeUpdatePair[], memo: { readonly [name: string]: unknown }): void {
  upsertSearchAttributes(attributes);
  upsertMemo({ ...memo });
}
