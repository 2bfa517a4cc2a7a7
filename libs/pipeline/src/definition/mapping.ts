import type { RecordSchema } from '@weir/record';
import type { z } from 'zod';
import { isMapping } from './check.js';
import type { Dictionaries } from './dictionary.js';
import { columnSchema, type ColumnText, type sharedSchema } from './source.schema.js';
import { didYouMean } from './near-miss.js';
import type { ColumnMapping, Mapping } from './plan.js';
import type { Path } from './positions.js';
import type { Report } from './report.js';

/** The shared keys of a source, as far as they are right. */
export type SharedKeys = Partial<z.output<typeof sharedSchema>>;

/** What the columns of a source are checked against. */
export interface MappingContext {
  readonly report: Report;
  /** Null where the sink is not known. */
  readonly schema: RecordSchema | null;
  readonly dictionaries: Dictionaries;
  /** Of the source. */
  readonly path: Path;
}

/** Checks a source's mapping against the sink's schema and the dictionaries. `written` is the source as it came. */
export function readMapping(
  context: MappingContext,
  shared: SharedKeys,
  written: { readonly [key: string]: unknown },
): Mapping {
  const columns = readColumns(context, written.columns);
  const mapped = Object.keys(columns);
  const { cumulative, total } = shared;
  if (cumulative) {
    const path = Array.isArray(written.cumulative) ? ['cumulative'] : ['cumulative', 'metrics'];
    checkMetrics(context, cumulative.metrics, mapped, path);
  }
  if (total?.metrics) checkMetrics(context, total.metrics, mapped, ['total', 'metrics']);
  // In the schema's order, so that the order in which they were written changes nothing.
  const inOrder = (metrics: readonly string[]) =>
    (context.schema?.metrics ?? []).filter((one) => metrics.includes(one));
  return {
    columns,
    ignore: shared.ignore ?? [],
    cumulative: cumulative ? { metrics: inOrder(cumulative.metrics), first: cumulative.first } : null,
    total: total ? { column: total.column, value: total.value, metrics: inOrder(total.metrics ?? mapped) } : null,
    figures: shared.figures ?? { decimal: '.', blank: [] },
    unknown: shared.unknown ?? 'fail',
  };
}

function readColumns(context: MappingContext, written: unknown): { [field: string]: ColumnMapping } {
  if (!isMapping(written)) return {};
  const { report, schema } = context;
  const path = [...context.path, 'columns'];
  const columns: { [field: string]: ColumnMapping } = {};
  for (const [field, value] of Object.entries(written)) {
    const column = columnSchema.safeParse(value);
    // What is wrong with its shape is reported with the other shared keys; the field counts as mapped all the same.
    columns[field] = column.success
      ? readColumn(context, [...path, field], field, column.data)
      : { from: null, value: null, format: null, dictionary: null };
  }
  if (schema === null) return columns;

  const fields = [...schema.series, ...schema.labels, schema.time, ...schema.metrics];
  for (const field of Object.keys(columns).filter((one) => !fields.includes(one))) {
    report.add(
      [...path, field],
      {
        code: 'unknown_field',
        message: 'the sink has no such field',
        expected: `one of ${fields.join(', ')}`,
        hint: didYouMean(field, fields),
      },
      'key',
    );
  }
  for (const field of [...schema.series, schema.time].filter((one) => !Object.hasOwn(columns, one))) {
    report.add([...path, field], {
      code: 'missing_field',
      message: 'the field is not mapped',
      expected: `${[...schema.series, schema.time].join(', ')}: without them a record has no identity`,
      hint: `add ${field}: <column of the source>`,
    });
  }
  return columns;
}

function readColumn(context: MappingContext, path: Path, field: string, column: ColumnText): ColumnMapping {
  const { report, schema, dictionaries } = context;
  const { from, value, format, dictionary } =
    typeof column === 'string' ? { from: column, value: undefined, format: undefined, dictionary: undefined } : column;
  if ((from === undefined) === (value === undefined)) {
    report.add(path, {
      code: 'wrong_column',
      message: from === undefined ? 'neither from nor value is given' : 'both from and value are given',
      expected: 'from (a column of the source) or value (a constant)',
    });
  }
  if (dictionary !== undefined && !dictionaries.has(dictionary)) {
    const known = [...dictionaries.keys()];
    report.add([...path, 'dictionary'], {
      code: 'unknown_dictionary',
      message: 'no dictionary has this name',
      expected: known.length > 0 ? `one of ${known.join(', ')}` : 'a name declared under dictionaries',
      hint: didYouMean(dictionary, known) ?? 'declare it under dictionaries',
    });
  }
  const misplaced = (key: string, fields: readonly string[]) =>
    report.add(
      [...path, key],
      { code: 'misplaced_key', message: `${field} takes no ${key}`, expected: `${key} on ${fields.join(', ')} only` },
      'key',
    );
  if (schema && dictionary !== undefined && !schema.series.includes(field)) misplaced('dictionary', schema.series);
  if (schema && format !== undefined && field !== schema.time) misplaced('format', [schema.time]);
  return {
    from: from ?? null,
    value: value ?? null,
    format: format ?? null,
    dictionary: (dictionary === undefined ? null : dictionaries.get(dictionary)) ?? null,
  };
}

function checkMetrics(context: MappingContext, metrics: readonly string[], mapped: readonly string[], at: Path): void {
  const { report, schema, path } = context;
  if (schema === null) return;
  for (const [index, metric] of metrics.entries()) {
    const known = schema.metrics.includes(metric);
    if (known && mapped.includes(metric)) continue;
    report.add([...path, ...at, index], {
      code: known ? 'unmapped_metric' : 'unknown_metric',
      message: known ? `columns map nothing to ${metric}` : 'the sink has no such metric',
      expected: `one of ${schema.metrics.filter((one) => mapped.includes(one)).join(', ')}`,
      hint: known ? `add ${metric} to columns` : didYouMean(metric, schema.metrics),
    });
  }
}
