export { localRawStore } from './local-raw-store.js';
