import { WeirError } from '@weir/pipeline';
import { askConnect, type ConnectSettings } from './connect-http.js';
import type { ConnectorStatus } from './connector-status.js';

/** As Connect keeps it: `${env:NAME}` unresolved, without the connector's name. */
export type ConnectorConfig = Readonly<Record<string, string>>;

/** A connector that Connect knows: how it was declared, and how it is. */
export interface RegisteredConnector {
  readonly name: string;
  readonly config: ConnectorConfig;
  /** Null for a moment, where it was registered just now. */
  readonly status: ConnectorStatus | null;
}

/**
 * Kafka Connect over its REST API. What cannot be reached, does not answer in time, or is rebalancing, is
 * `dependency_unavailable` (retryable); a connector that does not exist is `connector_unknown`.
 */
export interface ConnectClient {
  connectors(): Promise<readonly RegisteredConnector[]>;
  /** Whether a worker has the class of a connector. */
  hasPlugin(connectorClass: string): Promise<boolean>;
  /**
   * Registers a connector, or changes its configuration, which restarts it.
   * @throws WeirError `connector_config_refused` with Connect's own messages, one for each field at fault in `details.errors`.
   */
  configure(name: string, config: ConnectorConfig): Promise<void>;
  /** Restarts a connector and those of its tasks that failed; what runs is left alone. */
  restartFailed(name: string): Promise<void>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Also where there is none. Its positions in the topics are kept. */
  remove(name: string): Promise<void>;
}

export function connectClient(url: string, settings: ConnectSettings = {}): ConnectClient {
  const ask = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    askConnect<T>({ url, method, path, body }, settings);
  const path = (name: string, action = '') => `/connectors/${encodeURIComponent(name)}${action}`;
  const hasPlugin = async (connectorClass: string) => {
    const plugins = await ask<{ class: string }[]>('GET', '/connector-plugins');
    return plugins.some((plugin) => plugin.class === connectorClass);
  };

  return {
    hasPlugin,

    async connectors() {
      const found = await ask<Readonly<Record<string, ConnectorDetails>>>(
        'GET',
        '/connectors?expand=info&expand=status',
      );
      return Object.entries(found).map(([name, { info, status }]) => ({
        name,
        config: withoutName(info?.config ?? {}),
        status: status ?? null,
      }));
    },

    async configure(name, config) {
      const connectorClass = config['connector.class'] ?? '';
      if (!(await hasPlugin(connectorClass))) {
        throw refused(name, [
          { field: 'connector.class', message: `no worker has ${connectorClass || 'a connector without a class'}` },
        ]);
      }
      const validation = await ask<Validation>(
        'PUT',
        `/connector-plugins/${encodeURIComponent(connectorClass)}/config/validate`,
        { ...config, name },
      );
      const mistakes = mistakesIn(validation);
      if (mistakes.length > 0) throw refused(name, mistakes);
      await ask('PUT', path(name, '/config'), config);
    },

    async restartFailed(name) {
      await ask('POST', path(name, '/restart?includeTasks=true&onlyFailed=true'));
    },

    async pause(name) {
      await ask('PUT', path(name, '/pause'));
    },

    async resume(name) {
      await ask('PUT', path(name, '/resume'));
    },

    async remove(name) {
      try {
        await ask('DELETE', path(name));
      } catch (error) {
        if (!(error instanceof WeirError && error.code === 'connector_unknown')) throw error;
      }
    },
  };
}

interface ConnectorDetails {
  readonly info?: { readonly config: ConnectorConfig };
  readonly status?: ConnectorStatus;
}

interface Validation {
  readonly configs: readonly { readonly value: { readonly name: string; readonly errors: readonly string[] } }[];
}

interface Mistake {
  readonly field: string;
  readonly message: string;
}

function mistakesIn({ configs }: Validation): Mistake[] {
  return configs.flatMap(({ value: { name: field, errors } }) => errors.map((message) => ({ field, message })));
}

function refused(name: string, errors: readonly Mistake[]): WeirError {
  const said = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new WeirError('connector_config_refused', `Kafka Connect refuses the configuration of ${name}: ${said}`, {
    details: { connector: name, errors },
  });
}

function withoutName({ name: _, ...config }: Record<string, string>): ConnectorConfig {
  return config;
}
