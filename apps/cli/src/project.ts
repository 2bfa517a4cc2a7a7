import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '@weir/config';

/** apps/cli/dist → the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export function projectConfig(): Config {
  return readConfig(root);
}
