export { htmlSource } from './html-source.js';
export type { HtmlOptions } from './html-options.js';
