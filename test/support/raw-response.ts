export interface RawResponse {
  readonly status: number;
  /** Lower-case names; several of one name are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly text: string;
  /** Where the response ends in the bytes it was read from. */
  readonly end: number;
}

/** The first response in `bytes`, or undefined while it is not complete. */
export function parseResponse(bytes: Buffer, isClosed: boolean): RawResponse | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const status = Number(statusLine.split(' ')[1]);
  const found = bodyOf(bytes.subarray(headEnd + 4), headers, isClosed);
  if (!found) return undefined;
  return { status, headers, body: found.body, text: found.body.toString(), end: headEnd + 4 + found.length };
}

interface Body {
  readonly body: Buffer;
  readonly length: number;
}

function bodyOf(rest: Buffer, headers: Readonly<Record<string, string>>, isClosed: boolean): Body | undefined {
  if (headers['transfer-encoding'] === 'chunked') return unchunk(rest);
  const declared = headers['content-length'];
  if (declared === undefined) return isClosed ? { body: rest, length: rest.length } : undefined;
  const length = Number(declared);
  return rest.length >= length ? { body: rest.subarray(0, length), length } : undefined;
}

function unchunk(rest: Buffer): Body | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = parseInt(rest.toString('latin1', at, lineEnd), 16);
    const chunkEnd = lineEnd + 2 + size + 2;
    if (rest.length < chunkEnd) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), length: chunkEnd };
    chunks.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = chunkEnd;
  }
}
