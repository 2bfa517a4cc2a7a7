export { accountsContract, type AccountsUnderTest } from './accounts.contract.js';
export { incidenceContract, incidenceFigure, type IncidenceUnderTest } from './incidence.contract.js';
export { rawStoreContract } from './raw-store.contract.js';
