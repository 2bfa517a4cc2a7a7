export { readConfig, ConfigError, type Config, type ConfigOfStack, type StackConfig } from './config.js';
export { environmentVariables, type EnvironmentVariable } from './environment.js';
export { requireStack, runProgram } from './run-program.js';
