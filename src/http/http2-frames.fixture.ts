/** Frames of HTTP/2 by hand (RFC 9113 section 6), for what no client of Node's sends. */
const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const PING = 6;
const END_HEADERS = 4;

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Preface and empty settings. */
export const opening = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  frame(SETTINGS, 0, 0, Buffer.alloc(0)),
]);

const PING_DATA = 'ping-me!';
export const ping = frame(PING, 0, 0, Buffer.from(PING_DATA));
/** The answer to `ping`, as latin1. */
export const pong = frame(PING, 1, 0, Buffer.from(PING_DATA)).toString('latin1');

/** Opens a stream for a POST; its body goes on. */
export function post(stream: number, path: string): Buffer {
  // Of the static table of HPACK: 3 `:method: POST`, 6 `:scheme: http`, the names 4 `:path` and 1 `:authority`.
  const fields = [Buffer.from([0x83, 0x86]), literal(4, path), literal(1, 'localhost')];
  return frame(HEADERS, END_HEADERS, stream, Buffer.concat(fields));
}

function literal(name: number, value: string): Buffer {
  return Buffer.concat([Buffer.from([name, value.length]), Buffer.from(value)]);
}

export function data(stream: number, text: string): Buffer {
  return frame(DATA, 0, stream, Buffer.from(text));
}

export function reset(stream: number, code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return frame(RST_STREAM, 0, stream, payload);
}
