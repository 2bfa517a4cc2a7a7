import { filledBit, identifier, NOTHING_FILLED, WeirError, type TransformType } from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';
import { z } from 'zod';

const options = z.strictObject({
  metrics: z.array(z.string()).min(1).optional().describe('The metrics to fill; all of them unless named.'),
});

export type ForwardFillOptions = z.infer<typeof options>;

/**
 * Fills an empty cell of a row that exists with the last figure of the same series before it; never with another
 * series', and never before a series' first figure. Where the run starts in the middle of a series, the last stored
 * figures before its first row stand in for the rows that are not here. What was filled is named in `filled`.
 */
export const forwardFill: TransformType<ForwardFillOptions> = {
  type: 'forward_fill',
  options,

  async apply(input, { metrics: wanted }, { workspace, schema, state }) {
    const metrics = [...new Set(wanted ?? schema.metrics)];
    const unknown = metrics.filter((metric) => !schema.metrics.includes(metric));
    if (unknown.length > 0) {
      throw new WeirError(
        'unknown_metric',
        `forward_fill: ${unknown.join(', ')} is no metric; there are ${schema.metrics.join(', ')}`,
      );
    }
    const series = schema.series.map(identifier);
    const time = identifier(schema.time);
    const window = `(PARTITION BY ${series.map((field) => `i.${field}`).join(', ')} ORDER BY i.${time} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
    const previous = (metric: string) => `last_value(i.${identifier(metric)} IGNORE NULLS) OVER ${window}`;
    const stored = (metric: string) => (state ? `, s.${identifier(metric)}` : '');
    const value = (metric: string) => `coalesce(i.${identifier(metric)}, ${previous(metric)}${stored(metric)})`;
    const carried = (metric: string) => identifier(`carried ${metric}`);

    const relation = workspace.fresh('forward_filled');
    await workspace.run(
      `CREATE VIEW ${relation} AS
       SELECT * EXCLUDE (${metrics.map(carried).join(', ')}) REPLACE (
         ${metrics.map((metric) => `${carried(metric)} AS ${identifier(metric)}`).join(', ')},
         ${filledAfter(metrics, carried, schema)} AS filled)
       FROM (SELECT i.*, ${metrics.map((metric) => `${value(metric)} AS ${carried(metric)}`).join(', ')}
             FROM ${input} i ${state ? `LEFT JOIN (${lastStored(input, state, metrics, schema)}) s USING (${series.join(', ')})` : ''})`,
    );
    return { relation };
  },
};

/** `filled`, and the metrics that this step carried forward. */
function filledAfter(metrics: readonly string[], carried: (metric: string) => string, schema: RecordSchema): string {
  const now = metrics.map(
    (metric) =>
      `CASE WHEN ${identifier(metric)} IS NULL AND ${carried(metric)} IS NOT NULL THEN ${filledBit(metric, schema)} ELSE ${NOTHING_FILLED} END`,
  );
  return ['filled', ...now].join(' | ');
}

/** Each series' last stored figure of each metric before the first day that the input has of it. */
function lastStored(
  input: string,
  state: string,
  metrics: readonly string[],
  schema: { readonly series: readonly string[]; readonly time: string },
): string {
  const series = schema.series.map(identifier);
  const time = identifier(schema.time);
  const last = metrics.map(
    (metric) =>
      `arg_max(st.${identifier(metric)}, st.${time}) FILTER (st.${identifier(metric)} IS NOT NULL) AS ${identifier(metric)}`,
  );
  return `SELECT ${series.map((field) => `st.${field}`).join(', ')}, ${last.join(', ')}
    FROM ${state} st
    JOIN (SELECT ${series.join(', ')}, min(${time}) AS first FROM ${input} GROUP BY ALL) f USING (${series.join(', ')})
    WHERE st.${time} < f.first GROUP BY ALL`;
}
