export { csvSource } from './csv-source.js';
export type { CsvOptions } from './csv-options.js';
