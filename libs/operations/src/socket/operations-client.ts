import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { WeirError } from '@weir/pipeline';
import { operationNames, type OperationName, type Operations, type Report } from '../operations.js';
import type { Line } from './line.js';

/** The operations of the process that listens at `path`. A call to nobody is `owner_unreachable`. */
export function operationsClient(path: string): Operations {
  const call = (name: OperationName) => async (input: unknown, report?: Report) => {
    const answer = await send(path, name, input);
    for await (const line of lines(answer)) {
      if ('progress' in line) report?.(line.progress);
      else if ('failure' in line) throw WeirError.fromFailure(line.failure);
      else return line.result;
    }
    throw ownerGone();
  };
  return Object.fromEntries(operationNames.map((name) => [name, call(name)])) as unknown as Operations;
}

/** What an answer consists of; one that is cut off is `owner_gone`. */
async function* lines(answer: IncomingMessage): AsyncGenerator<Line> {
  try {
    for await (const text of createInterface({ input: answer })) yield JSON.parse(text) as Line;
  } catch (cause) {
    throw ownerGone(cause);
  }
}

function ownerGone(cause?: unknown): WeirError {
  return new WeirError('owner_gone', 'the process that ran this ended before it had answered', {
    retryable: true,
    cause,
  });
}

function send(path: string, name: string, input: unknown): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(input);
    const sent = request(
      { socketPath: path, path: `/${name}`, method: 'POST', headers: { 'Content-Length': Buffer.byteLength(body) } },
      resolve,
    );
    sent.once('error', (cause) =>
      reject(new WeirError('owner_unreachable', `nobody answers at ${path}`, { retryable: true, cause })),
    );
    sent.end(body);
  });
}
