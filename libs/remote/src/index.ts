export { RemoteSettings } from './remote-settings.js';
export type { RemoteOptions } from './remote-options.js';
export { RemoteGateway, type RemoteGatewayListener } from './remote-gateway.js';
export type { RemotePool } from './remote-pool.js';
export { RemoteHost } from './remote-host.js';
export type { RemoteUsage } from './remote-usage.js';
export { SpillPort } from './spill-port.js';
