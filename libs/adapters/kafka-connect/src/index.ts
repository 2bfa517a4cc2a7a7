export { connectorHost } from './connector-host.js';
export { connectClient, type ConnectClient, type ConnectorConfig, type RegisteredConnector } from './connect-client.js';
export type { ConnectSettings } from './connect-http.js';
export {
  connectorCondition,
  rootCause,
  type ConnectorState,
  type ConnectorStatus,
  type TaskStatus,
} from './connector-status.js';
export { readConnectors, type ConnectorDeclaration } from './read-connectors.js';
