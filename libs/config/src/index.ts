export { readConfig, ConfigError, type Config } from './config.js';
export { environmentVariables, type EnvironmentVariable } from './environment.js';
