export { eventually } from './eventually.js';
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
export {
  deadLetterQueueContract,
  type DeadLetterQueueUnderTest,
  type RefusedRecord,
} from './dead-letter-queue.contract.js';
export { replayCountContract, replayLogContract, type ReplayCountUnderTest } from './replay-log.contract.js';
export { workerDirectoryContract, type WorkerDirectoryUnderTest } from './worker-directory.contract.js';
export { runOverviewContract, type RunOverviewUnderTest } from './run-overview.contract.js';
export { runRepositoryContract } from './run-repository.contract.js';
export { writeChunk, type PublishedRow } from './chunk-file.js';
export { readMetrics, sampleOf, type MetricFamily, type Sample } from './prometheus-text.js';
export { expectNothingLostOrDoubled, judge, type Evidence, type FoundRow, type RowId, type Verdict } from './oracle.js';
export { FaultProxy, type Direction, type Fault, type ProxyState } from './fault-proxy.js';
export { RemoteFaultProxy } from './fault-proxy-control.js';
export {
  covid,
  METRICS,
  readSample,
  weekEnding,
  type Figures,
  type Metric,
  type SampleSources,
  type SourceRow,
} from './sample-reading.js';
export { sampleFigures } from './sample-figures.js';
export { killPrograms, Program, type Ending } from './program.js';
export { changedPage } from './changed-page.js';
export { screenshot, startChromium, untilShown } from './chromium.js';
export { gatedSource } from './gated-source.js';
export {
  allRows,
  environment,
  freePort,
  operationsOf,
  post,
  register,
  request,
  start,
  testFolder,
  untilReady,
  type Answer,
  type Settings,
  type TestFolder,
} from './running-system.js';
