import type { ConnectorHost } from '@weir/operations';
import type { ConnectClient } from './connect-client.js';
import { connectorCondition } from './connector-status.js';

/** Kafka Connect as the host of the sink's connectors. */
export function connectorHost(client: ConnectClient): ConnectorHost {
  return {
    async found() {
      const connectors = await client.connectors();
      return connectors.map(({ name, config, status }) => ({ name, config, condition: connectorCondition(status) }));
    },
    configure: ({ name, config }) => client.configure(name, config),
    restartFailed: (name) => client.restartFailed(name),
  };
}
