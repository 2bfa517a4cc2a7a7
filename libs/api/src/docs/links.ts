import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, responsesOf } from './operations.js';

interface Link {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: { readonly [name: string]: string };
  readonly requestBody?: { readonly [field: string]: string };
}

const credentials = { email: '$request.body#/email', password: '$request.body#/password' };
const firstRun = { run_id: '$response.body#/data/0/run_id' };

/** What one can ask next with what an answer holds, by operation and status. */
const links: { readonly [operation: string]: { readonly [status: string]: { readonly [name: string]: Link } } } = {
  users_register: {
    '201': {
      replace_key: { operationId: 'users_reissue', description: 'Replaces the key.', requestBody: credentials },
    },
  },
  runs_list: {
    '200': {
      run: { operationId: 'runs_report', description: 'The run with its tasks.', parameters: firstRun },
      artefacts: { operationId: 'runs_artefacts', description: 'The files that it left.', parameters: firstRun },
      rejects: { operationId: 'runs_rejects', description: 'The rows that it refused.', parameters: firstRun },
    },
  },
  pipelines_list: {
    '200': {
      status: {
        operationId: 'pipelines_status',
        description: 'How it is doing.',
        parameters: { pipeline_id: '$response.body#/data/0/pipeline_id' },
      },
    },
  },
};

/** Adds to each answer the requests that it leads to, among those a cursor's next page. */
export function addLinks(document: OpenAPIObject): void {
  const operations = operationsOf(document);
  const known = new Set(operations.map(({ operation }) => operation.operationId));
  for (const { operation } of operations) {
    const { operationId = '', parameters = [] } = operation;
    const paged = parameters.some((parameter) => 'name' in parameter && parameter.name === 'cursor');
    const nextPage: Link = {
      operationId,
      description: 'The next page; with the same filters and order.',
      parameters: { cursor: '$response.body#/next_cursor' },
    };
    for (const { status, response } of responsesOf(operation)) {
      const all = { ...links[operationId]?.[status], ...(paged && status === '200' && { next_page: nextPage }) };
      const there = Object.entries(all).filter(([, link]) => known.has(link.operationId));
      if (there.length > 0) response.links = { ...response.links, ...Object.fromEntries(there) };
    }
  }
}
