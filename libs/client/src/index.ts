export { createWeirClient } from './weir-client.js';
export type {
  Answer,
  IncidenceQuestion,
  IncidenceRow,
  Question,
  WeirClient,
  WeirClientSettings,
} from './weir-client.js';
export { WeirProblem, type WeirProblemCode } from './weir-problem.js';
export type { Fetch, Retry } from './retrying-fetch.js';
export type { components, paths } from './generated/weir-api.js';
