export { answerFormats } from './answer.js';
export type { Answer, AnswerFormat, RowStream } from './answer.js';
export { readAsOf } from './as-of.js';
export { isDay } from './day.js';
export { bases, incidenceOrders, incidenceSchema, intervals, metrics } from './incidence.js';
export type {
  Basis,
  Figures,
  IncidenceOrder,
  IncidencePosition,
  IncidenceRow,
  Interval,
  Metric,
  RegionFigures,
  RegionSummary,
} from './incidence.js';
export { IncidenceRepository, exportFormats } from './incidence.repository.js';
export type { ExportFormat, IncidencePageQuery, IncidenceQuery } from './incidence.repository.js';
export { IncidenceService } from './incidence.service.js';
export type { IncidenceSettings } from './incidence.service.js';
export { dayNumber, dayOf, firstDayOf, lastDayOf } from './interval.js';
export type { IncidenceParameters } from './question.js';
export type { CacheStatistics, EncodedPage } from './result-cache.js';
export type { Page } from '@weir/record';
