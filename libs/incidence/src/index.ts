export { isDay } from './day.js';
export { incidenceSchema, incidenceOrders } from './incidence.js';
export type { IncidenceRow, RegionSummary, IncidenceOrder, IncidencePosition } from './incidence.js';
export { IncidenceRepository } from './incidence.repository.js';
export type { IncidenceQuery } from './incidence.repository.js';
export { IncidenceService } from './incidence.service.js';
export type { IncidenceParameters, Page } from './incidence.service.js';
