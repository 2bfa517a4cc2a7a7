export { forwardFill, type ForwardFillOptions } from './forward-fill/forward-fill.transform.js';
export { spreadWeekly, type SpreadWeeklyOptions } from './spread-weekly/spread-weekly.transform.js';
