export type { RawStore, LandedFile, Manifest, LandRequest } from './raw-store.js';
