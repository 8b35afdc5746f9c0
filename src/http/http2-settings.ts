import type { ServerOptions } from 'node:http2';

/** What a client may send ahead, on a stream and on a session. With Node's 64 KiB a distant client uploads slowly. */
export const WINDOW_BYTES = 1_048_576;

/** Settings of the HTTP/2 servers that are made here. Node's let a client open streams without a limit. */
export const HTTP2_SETTINGS: NonNullable<ServerOptions['settings']> = {
  maxConcurrentStreams: 256,
  initialWindowSize: WINDOW_BYTES,
};
