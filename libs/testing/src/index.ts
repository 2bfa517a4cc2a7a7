export { accountsContract, type AccountsUnderTest } from './accounts.contract.js';
export { incidenceContract, incidenceFigure, type IncidenceUnderTest } from './incidence.contract.js';
export { rawStoreContract } from './raw-store.contract.js';
export { revisionStoreContract, publishedRow, type RevisionStoreUnderTest } from './revision-store.contract.js';
export { runRepositoryContract } from './run-repository.contract.js';
export { writeChunk, type PublishedRow } from './chunk-file.js';
