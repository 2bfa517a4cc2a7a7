/**
 * The steps of `spread_weekly` as SQL, in the order in which rows go through them:
 *
 * 1. `sumsSql`: the rows after their series' cut, each with the first day of what it covers (`_first`) and its series'
 *    cut (`_cut`); rows of zeros that only stand between them left out where that is asked for.
 * 2. `straddlingSql`: of those, the ones whose week reaches back to the cut or before it, with the days of the week that
 *    were reported by themselves: how many per metric, their sum, and whether the rest is negative.
 * 3. `coveredDaysSql`: one row per covered day with each metric's share.
 * 4. `spreadSql`: those days, reported figures in place of shares where there are any, and all rows up to the cut.
 */
import { basisOf, identifier, literal, NOTHING_FILLED, type TransformContext } from '@weir/pipeline';
import type { RecordSchema } from '@weir/record';
import type { SpreadWeeklyOptions } from './spread-weekly.options.js';

/** A negative remainder smaller than this share of the week's sum is the rounding of doubles, not a contradiction. */
const ROUNDING = 1e-9;
/** Days, far beyond what any source sums up in one row. */
const LONGEST_SPAN = 10_000;

/** The last daily day of the row's series. `all` and `none` lie outside every calendar that a source could use. */
export function cutDay({ cut }: Pick<SpreadWeeklyOptions, 'cut'>, schema: RecordSchema): string {
  const dayOf = (text: string) =>
    `DATE ${literal(text === 'all' ? '0001-01-01' : text === 'none' ? '9999-12-31' : text)}`;
  if (typeof cut === 'string') return dayOf(cut);
  const cases = Object.entries(cut.series).map(([series, text]) => `WHEN ${literal(series)} THEN ${dayOf(text)}`);
  if (cases.length === 0) return dayOf(cut.default);
  return `CASE concat_ws('/', ${schema.series.map(identifier).join(', ')}) ${cases.join(' ')} ELSE ${dayOf(cut.default)} END`;
}

export function sumsSql(input: string, options: SpreadWeeklyOptions, context: TransformContext): string {
  const { schema } = context;
  const time = identifier(schema.time);
  const cut = cutDay(options, schema);
  const later = `SELECT * EXCLUDE (_filler) FROM
    (SELECT *, ${cut} AS _cut, ${fillerSql(options, schema)} AS _filler FROM ${input} WHERE ${time} > ${cut}) WHERE NOT _filler`;
  if (options.span === 'week') return `SELECT *, (${time} - 6)::DATE AS _first FROM (${later})`;

  // Where there is no row before it, nothing says how far back a row reaches, and it is taken for a week.
  const key = keyOf(schema);
  const previous = context.state ? 'greatest(_before, _stored)' : '_before';
  return `SELECT * EXCLUDE (_before, _daily), coalesce(${previous} + 1, ${time} - 6)::DATE AS _first
    FROM (SELECT *, lag(${time}) OVER ${bySeries(schema)} AS _before
          FROM (SELECT *, false AS _daily FROM (${later})
                UNION ALL BY NAME SELECT *, true AS _daily FROM ${input} WHERE ${time} <= ${cut}))
    ${context.state ? `LEFT JOIN (${storedBeforeSql(input, context.state, schema)}) USING (${key})` : ''}
    WHERE NOT _daily`;
}

/** True for a row of zeros that carries no sum, but stands on a day between those that do. */
function fillerSql(options: SpreadWeeklyOptions, schema: RecordSchema): string {
  if (options.zero_between_weeks === 'keep') return 'false';
  const metrics = schema.metrics.map(identifier);
  const given = `coalesce(${metrics.join(', ')}) IS NOT NULL`;
  const zero = `(${given} AND ${metrics.map((metric) => `coalesce(${metric}, 0) = 0`).join(' AND ')})`;
  if (options.span === 'since_previous') return zero;
  // A zero seven days from its neighbours is a week without cases.
  const time = identifier(schema.time);
  const near = (row: string) => `coalesce(abs(${time} - ${row}(${time}) OVER ${bySeries(schema)}) < 7, false)`;
  return `(${zero} AND (${near('lag')} OR ${near('lead')}))`;
}

/**
 * For each row of the input the last stored day (`_stored`) of its series that belongs to an earlier sum. Where the row's
 * own day is stored already, because a source is read again, its sum reaches back over days with the very same shares: as
 * many as make up the figure where that is unchanged (the sum before may have had the same shares), else all of them.
 */
function storedBeforeSql(input: string, state: string, schema: RecordSchema): string {
  const time = identifier(schema.time);
  const key = [...schema.series, schema.time].map((field) => `i.${identifier(field)}`).join(', ');
  const shares = (row: string) =>
    `(${schema.metrics.map((metric) => `${row}.${identifier(metric)}`).join(', ')}, ${row}.basis, ${row}.filled)`;
  const days = schema.metrics.map((metric) => {
    const quotient = `(i.${identifier(metric)} / nullif(own.${identifier(metric)}, 0))`;
    return `CASE WHEN ${quotient} BETWEEN 1 AND ${LONGEST_SPAN} AND abs(${quotient} - round(${quotient})) < ${ROUNDING} * ${quotient}
      THEN round(${quotient})::INTEGER END`;
  });
  return `SELECT ${key}, greatest(
      max(st.${time}) FILTER (own.${time} IS NULL OR ${shares('st')} IS DISTINCT FROM ${shares('own')}),
      any_value(i.${time} - coalesce(${days.join(', ')}, NULL))) AS _stored
    FROM ${input} i
    JOIN ${state} st ON ${sameSeries('st', 'i', schema)} AND st.${time} < i.${time}
    LEFT JOIN ${state} own ON ${sameSeries('own', 'i', schema)} AND own.${time} = i.${time}
    GROUP BY ALL`;
}

/**
 * Weeks of the same series that overlap: `series, day, before, place`. A day that is stored as part of a week counts
 * too, unless the row's own week is stored, because then the source is read again.
 */
export function overlapsSql(sums: string, { schema, state }: TransformContext): string {
  const time = identifier(schema.time);
  const series = schema.series.map((field) => `s.${identifier(field)}`).join(', ');
  const shown = (before: string) =>
    `concat_ws('/', ${series}) AS series, s.${time}::VARCHAR AS day, ${before}::VARCHAR AS before, s._file || ':' || s._row AS place`;
  const here = `SELECT ${shown('s._before')}
    FROM (SELECT *, lag(${time}) OVER ${bySeries(schema)} AS _before FROM ${sums}) s WHERE s._before >= s._first`;
  if (!state) return `${here} ORDER BY ALL`;
  return `${here} UNION ALL
    SELECT ${shown(`max(st.${time})`)}
    FROM (SELECT * FROM ${sums} s ANTI JOIN ${state} own ON ${sameSeries('own', 's', schema)} AND own.${time} = s.${time}) s
    JOIN ${state} st ON ${sameSeries('st', 's', schema)} AND st.basis = 'spread'
      AND st.${time} BETWEEN greatest(s._first, s._cut + 1) AND s.${time}
    GROUP BY ALL ORDER BY ALL`;
}

/** Names of the columns that `straddlingSql` adds for a metric. */
const given = (metric: string) => identifier(`${metric} given`);
const givenSum = (metric: string) => identifier(`${metric} given sum`);
const negative = (metric: string) => identifier(`${metric} negative`);

export function straddlingSql(
  input: string,
  sums: string,
  options: SpreadWeeklyOptions,
  context: TransformContext,
): string {
  const { schema } = context;
  const time = identifier(schema.time);
  const straddles = options.span === 'week' ? '_first <= _cut' : 'false';
  const perMetric = schema.metrics.flatMap((metric) => {
    const day = `d.${identifier(metric)}`;
    const week = `any_value(s.${identifier(metric)})`;
    return [
      `count(${day}) AS ${given(metric)}`,
      `coalesce(sum(${day}), 0) AS ${givenSum(metric)}`,
      `coalesce(count(${day}) > 0 AND ${week} - sum(${day}) < -${ROUNDING} * abs(${week}), false) AS ${negative(metric)}`,
    ];
  });
  const key = [...schema.series, schema.time].map((field) => `s.${identifier(field)}`).join(', ');
  return `SELECT *, (${schema.metrics.map(negative).join(' OR ')}) AS _negative
    FROM (SELECT * FROM ${sums} WHERE ${straddles})
    JOIN (SELECT ${key}, ${perMetric.join(', ')}
          FROM (SELECT * FROM ${sums} WHERE ${straddles}) s
          LEFT JOIN (${reportedSql(input, `(SELECT min(_first) FROM ${sums} WHERE ${straddles})`, options, context)}) d
            ON ${sameSeries('d', 's', schema)} AND d.${time} BETWEEN s._first AND s._cut
          GROUP BY ALL) USING (${keyOf(schema)})`;
}

/**
 * Days from `first` up to the cut that were reported by themselves: rows of the input, else stored rows without what was
 * filled in.
 */
function reportedSql(
  input: string,
  first: string,
  options: SpreadWeeklyOptions,
  { schema, state }: TransformContext,
): string {
  const time = identifier(schema.time);
  const names = [...schema.series, ...schema.labels, schema.time].map(identifier).join(', ');
  const metrics = schema.metrics.map(identifier).join(', ');
  const daily = `${time} <= ${cutDay(options, schema)} AND ${time} >= ${first}`;
  const here = `SELECT ${names}, ${metrics}, source, _file, _row FROM ${input} WHERE ${daily}`;
  if (!state) return here;
  const reported = schema.metrics.map(
    (metric) =>
      `CASE WHEN NOT list_contains(filled, ${literal(metric)}) THEN ${identifier(metric)} END AS ${identifier(metric)}`,
  );
  return `${here} UNION ALL
    SELECT ${names}, ${reported.join(', ')}, source, source AS _file, NULL AS _row
    FROM (SELECT * FROM ${state} WHERE basis = 'reported' AND ${daily}) ANTI JOIN ${input} USING (${keyOf(schema)})`;
}

export function coveredDaysSql(sums: string, straddling: string, { schema }: TransformContext): string {
  const time = identifier(schema.time);
  const names = [...schema.series, ...schema.labels].map(identifier).join(', ');
  const day = `unnest(generate_series(_first, ${time}, INTERVAL 1 DAY))::DATE AS ${time}`;
  const days = `(${time} - _first + 1)`;
  const shares = schema.metrics.map((metric) => `${identifier(metric)} / ${days} AS ${identifier(metric)}`);
  const sharesOfRest = schema.metrics.map(
    (metric) => `(${identifier(metric)} - ${givenSum(metric)}) / (${days} - ${given(metric)}) AS ${identifier(metric)}`,
  );
  return `SELECT ${names}, ${day}, ${shares.join(', ')}, source, _file, _row, false AS _straddles
      FROM ${sums} ANTI JOIN ${straddling} USING (${keyOf(schema)})
    UNION ALL
    SELECT ${names}, ${day}, ${sharesOfRest.join(', ')}, source, _file, _row, true AS _straddles
      FROM ${straddling} WHERE NOT _negative`;
}

export function spreadSql(
  input: string,
  days: string,
  straddling: string,
  options: SpreadWeeklyOptions,
  context: TransformContext,
): string {
  const { schema } = context;
  const time = identifier(schema.time);
  const names = [...schema.series, ...schema.labels, schema.time].map(identifier).join(', ');
  const metrics = schema.metrics.map(identifier).join(', ');
  const cells = schema.metrics.map((metric) => [`r.${identifier(metric)}`, `d.${identifier(metric)}`] as const);
  const taken = cells.map(([reported, share]) => `(${reported} IS NULL AND ${share} IS NOT NULL)`);
  // A day that takes no share stays what it was, with its own source; the others come from the week's row.
  const origin = [...schema.labels.map(identifier), 'source', '_file', '_row'].map(
    (field) => `CASE WHEN _share THEN d.${field} ELSE r.${field} END AS ${field}`,
  );
  const straddled = `SELECT (r.${time} IS NULL OR ${taken.join(' OR ')}) AS _share,
      ${schema.series.map((field) => `d.${identifier(field)}`).join(', ')}, d.${time},
      ${cells.map(([reported, share], index) => `coalesce(${reported}, ${share}) AS ${identifier(schema.metrics[index] ?? '')}`).join(', ')},
      ${origin.join(', ')}
    FROM (SELECT * FROM ${days} WHERE _straddles) d
    LEFT JOIN (${reportedSql(input, `(SELECT min(_first) FROM ${straddling})`, options, context)}) r ON ${sameSeries('r', 'd', schema)} AND r.${time} = d.${time}`;
  return `SELECT ${names}, ${metrics}, basis, filled, source, _file, _row
      FROM (SELECT * FROM ${input} WHERE ${time} <= ${cutDay(options, schema)}) daily
      ANTI JOIN (SELECT * FROM ${straddling} WHERE NOT _negative) s
        ON ${sameSeries('s', 'daily', schema)} AND daily.${time} BETWEEN s._first AND s.${time}
    UNION ALL
    SELECT ${names}, ${metrics}, ${basisOf('spread')}, ${NOTHING_FILLED}, source, _file, _row FROM ${days} WHERE NOT _straddles
    UNION ALL
    SELECT ${names}, ${metrics}, CASE WHEN _share THEN ${basisOf('spread')} ELSE ${basisOf('reported')} END, ${NOTHING_FILLED}, source, _file, _row
      FROM (${straddled})`;
}

export function rejectsSql(straddling: string, { schema }: TransformContext): string {
  const metric = `CASE ${schema.metrics.map((name) => `WHEN ${negative(name)} THEN ${literal(name)}`).join(' ')} END`;
  const fields = [...schema.series, schema.time, ...schema.metrics].map(identifier);
  return `SELECT _file AS file, _row AS row, 'negative_remainder' AS code,
      ${metric} || ': the days of the week that were reported by themselves add up to more than the week' AS reason,
      to_json(struct_pack(${fields.map((field) => `${field} := ${field}`).join(', ')}))::VARCHAR AS record
    FROM ${straddling} WHERE _negative`;
}

function keyOf(schema: RecordSchema): string {
  return [...schema.series, schema.time].map(identifier).join(', ');
}

function bySeries(schema: RecordSchema): string {
  return `(PARTITION BY ${schema.series.map(identifier).join(', ')} ORDER BY ${identifier(schema.time)})`;
}

function sameSeries(left: string, right: string, schema: RecordSchema): string {
  return schema.series.map((field) => `${left}.${identifier(field)} = ${right}.${identifier(field)}`).join(' AND ');
}
