export { accountsContract, type AccountsUnderTest } from './accounts.contract.js';
export { incidenceContract, incidenceExportsContract } from './incidence.contract.js';
export {
  everything,
  incidenceFigure,
  rowsOf,
  textOf,
  type DayFigure,
  type IncidenceUnderTest,
} from './incidence-under-test.js';
export { rawStoreContract } from './raw-store.contract.js';
export { revisionStoreContract, publishedRow, type RevisionStoreUnderTest } from './revision-store.contract.js';
export { runRepositoryContract } from './run-repository.contract.js';
export { writeChunk, type PublishedRow } from './chunk-file.js';
export { readMetrics, sampleOf, type MetricFamily, type Sample } from './prometheus-text.js';
