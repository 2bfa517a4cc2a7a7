import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WeirError } from '@weir/pipeline';
import type { ConnectorConfig } from './connect-client.js';

/** A connector as a file declares it: `{"name", "config"}`, as Connect itself takes it. */
export interface ConnectorDeclaration {
  readonly name: string;
  readonly config: ConnectorConfig;
}

/**
 * Every connector that a folder declares, one a `*.json`, in the order of the files' names.
 * @throws WeirError `connector_file_invalid`, naming the file.
 */
export async function readConnectors(folder: string): Promise<readonly ConnectorDeclaration[]> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (cause) {
    throw invalid(folder, 'it cannot be read', cause);
  }
  const declared = await Promise.all(names.map((name) => readConnector(join(folder, name))));
  if (declared.length === 0) throw invalid(folder, 'no connector is declared in it');
  return declared;
}

async function readConnector(file: string): Promise<ConnectorDeclaration> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : 'it cannot be read', cause);
  }
  const { name, config } = (content ?? {}) as { name?: unknown; config?: unknown };
  if (typeof name !== 'string' || name === '') throw invalid(file, '"name" must be a text');
  if (typeof config !== 'object' || config === null) throw invalid(file, '"config" must be an object');
  for (const [key, value] of Object.entries(config)) {
    // Connect keeps texts: another value would differ from what it gives back, for ever.
    if (typeof value !== 'string') throw invalid(file, `"${key}" must be a text, as every value of a connector`);
  }
  return { name, config: config as ConnectorConfig };
}

function invalid(file: string, what: string, cause?: unknown): WeirError {
  return new WeirError('connector_file_invalid', `${file} declares no connector: ${what}.`, { cause });
}
