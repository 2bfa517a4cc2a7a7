export { createApi } from './api.js';
export { listen } from './listen.js';
export type { ApiBindings, ApiSettings, LogEntry, RateLimitSettings, Readiness } from './bindings.js';
export { weirOpenApi } from './docs/open-api.js';
export { problems, type Problem, type ProblemCode, type FieldError } from './http/problems.js';
