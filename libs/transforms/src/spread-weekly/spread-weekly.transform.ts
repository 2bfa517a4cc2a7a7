import { WeirError, type TransformContext, type TransformType } from '@weir/pipeline';
import { spreadWeeklyOptions, type SpreadWeeklyOptions } from './spread-weekly.options.js';
import { coveredDaysSql, overlapsSql, rejectsSql, spreadSql, straddlingSql, sumsSql } from './spread-weekly.sql.js';

export type { SpreadWeeklyOptions };

/**
 * Turns rows that carry the sum of several days into one row per day, each with an equal share; see `spread-weekly.sql.ts`
 * for the steps. Days reported by themselves in a week that straddles the cut keep their figure and the other days share
 * what is left; a negative rest is rejected (`negative_remainder`). Days that no row covers stay absent.
 *
 * Errors: `overlapping_weeks`.
 */
export const spreadWeekly: TransformType<SpreadWeeklyOptions> = {
  type: 'spread_weekly',
  options: spreadWeeklyOptions,

  async apply(input, options, context) {
    if (options.cut === 'none') return { relation: input };
    const { workspace } = context;
    const create = async (kind: 'TABLE' | 'VIEW', prefix: string, sql: string) => {
      const name = workspace.fresh(prefix);
      await workspace.run(`CREATE ${kind} ${name} AS ${sql}`);
      return name;
    };

    const sums = await create('TABLE', 'span_sums', sumsSql(input, options, context));
    if (options.span === 'week') await refuseOverlaps(sums, context);
    const straddling = await create('TABLE', 'straddling', straddlingSql(input, sums, options, context));
    const days = await create('VIEW', 'covered_days', coveredDaysSql(sums, straddling, context));
    const relation = await create('VIEW', 'spread', spreadSql(input, days, straddling, options, context));
    const rejects = await create('VIEW', 'spread_rejects', rejectsSql(straddling, context));
    return { relation, rejects };
  },
};

async function refuseOverlaps(sums: string, context: TransformContext): Promise<void> {
  const overlaps = await context.workspace.query<{ series: string; day: string; before: string; place: string }>(
    overlapsSql(sums, context),
  );
  if (overlaps.length === 0) return;
  const shown = overlaps
    .slice(0, 5)
    .map(({ series, day, before, place }) => `${series}: ${before} and ${day} (${place})`);
  throw new WeirError(
    'overlapping_weeks',
    `spread_weekly: rows after the cut cover the seven days that end on their date, and these weeks overlap: ${shown.join('; ')}` +
      `${overlaps.length > shown.length ? `; and ${overlaps.length - shown.length} more` : ''}. ` +
      'Give such a series a later cut, span: since_previous, or zero_between_weeks: ignore.',
    { details: { overlaps: overlaps.slice(0, 20), count: overlaps.length } },
  );
}
