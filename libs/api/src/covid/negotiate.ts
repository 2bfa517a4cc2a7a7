import { answerFormats, type AnswerFormat } from '@weir/incidence';
import { WeirError } from '@weir/pipeline';
import type { Request } from 'express';

export const contentTypes: { readonly [format in AnswerFormat]: string } = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

/** What Accept may call a format; in this order where it leaves the choice to us. */
const called: readonly (readonly [type: string, format: AnswerFormat])[] = [
  [contentTypes.json, 'json'],
  [contentTypes.csv, 'csv'],
  [contentTypes.ndjson, 'ndjson'],
  ['application/ndjson; charset=utf-8', 'ndjson'],
];

/**
 * The format of an answer: as the parameter says, else as the Accept header prefers, JSON where that does not care.
 * @throws WeirError `not_acceptable` where it allows none.
 */
export function negotiateFormat(request: Request, parameter: AnswerFormat | undefined): AnswerFormat {
  if (parameter !== undefined) return parameter;
  const accepted = request.accepts(called.map(([type]) => type));
  const chosen = called.find(([type]) => type === accepted);
  if (chosen !== undefined) return chosen[1];
  throw new WeirError(
    'not_acceptable',
    `Accept allows none of application/json, text/csv and application/x-ndjson; send one of them, or format=${answerFormats.join('|')}.`,
  );
}
