import type { LookupAddress } from 'node:dns';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

/** What of an answer is read; nobody looks into it. */
const MOST_ANSWER_BYTES = 16_384;

export interface OutgoingMessage {
  readonly url: URL;
  /** The address that was checked: no name is looked up again. */
  readonly address: LookupAddress;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
  readonly timeoutMs: number;
}

/**
 * Posts a message to the address, whatever its host name means by now. Redirects are not followed.
 * @returns the status of the answer
 */
export function postMessage({ url, address, headers, payload, timeoutMs }: OutgoingMessage): Promise<number> {
  const lookup: LookupFunction = (_host, { all }, done) => {
    if (all) (done as unknown as (error: null, addresses: LookupAddress[]) => void)(null, [address]);
    else done(null, address.address, address.family);
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const request: ClientRequest = send(url, {
      method: 'POST',
      agent: false,
      lookup,
      signal,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
    });
    request.on('error', (error) => reject(signal.aborted ? new Error(`no answer within ${timeoutMs} ms`) : error));
    request.on('response', (response) => readAnswer(response, resolve, reject));
    request.end(payload);
  });
}

/** An answer that goes on and on is cut off: its status is all that matters. */
function readAnswer(
  response: IncomingMessage,
  resolve: (status: number) => void,
  reject: (error: Error) => void,
): void {
  const status = response.statusCode ?? 0;
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MOST_ANSWER_BYTES) return;
    resolve(status);
    response.destroy();
  });
  response.on('end', () => resolve(status));
  response.on('error', reject);
}
