export { fetcher } from './fetcher.js';
export type { HttpSettings } from './web-page.js';
