import { csvSource } from '@weir/adapter-csv';
import { htmlSource } from '@weir/adapter-html';
import { incidenceSchema } from '@weir/incidence';
import type { Registry, SinkType, SourceType, TransformType } from '@weir/pipeline';
import { forwardFill, spreadWeekly } from '@weir/transforms';
import { z } from 'zod';

/** Figures of regions by day: the topic `incidence`, the table `incidence_revisions`, the view `incidence`. */
const incidenceSink: SinkType = { type: 'incidence', schema: incidenceSchema, options: z.strictObject({}) };

/** Every kind that a pipeline file may name. */
export const kinds: Registry = {
  sources: [csvSource, htmlSource] as readonly SourceType[],
  transforms: [spreadWeekly, forwardFill] as readonly TransformType[],
  sinks: [incidenceSink],
};
