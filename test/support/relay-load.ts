import { randomBytes, randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { seal } from '../fixtures/shared-memory/checksum.js';

export interface RelayTally {
  /** Answers that are the request's own bytes. */
  echoed: number;
  /** Answers of an error status, by status. */
  readonly refused: Map<number, number>;
  /** Requests that the client gave up on purpose. */
  aborted: number;
  /** Answers with status 200 that are not the request's own bytes. */
  wrong: number;
}

export interface RelayLoad {
  readonly url: string;
  readonly requests: number;
  readonly connections: number;
  /** Share of the requests whose client goes away before the answer. */
  readonly abortShare: number;
}

const NOISE = randomBytes(8 << 20);

/** Small ones, ones of about the threshold, and some of several megabytes. */
function randomBody(): Buffer {
  const kind = Math.random();
  const most = kind < 0.4 ? 16 << 10 : kind < 0.8 ? 128 << 10 : kind < 0.985 ? 512 << 10 : 6 << 20;
  const length = randomInt(16, most);
  const from = randomInt(0, NOISE.length - length);
  const body = Buffer.from(NOISE.subarray(from, from + length));
  body.writeDoubleLE(Math.random(), 8);
  return seal(body);
}

/** Posts so many bodies of random sizes, and compares each answer with its request. */
export async function relay({ url, requests, connections, abortShare }: RelayLoad): Promise<RelayTally> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tally: RelayTally = { echoed: 0, refused: new Map(), aborted: 0, wrong: 0 };
  let left = requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) await once(url, agent, randomBody(), Math.random() < abortShare, tally);
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return tally;
}

function once(url: string, agent: Agent, body: Buffer, aborts: boolean, tally: RelayTally): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': body.length };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode !== 200) tally.refused.set(statusCode, (tally.refused.get(statusCode) ?? 0) + 1);
        else if (Buffer.concat(chunks).equals(body)) tally.echoed++;
        else tally.wrong++;
        resolve();
      });
      response.on('error', () => resolve());
    });
    call.on('error', (error) => (aborts ? resolve() : reject(error)));
    call.end(body);
    if (!aborts) return;
    tally.aborted++;
    setTimeout(() => call.destroy(), Math.random() * 20);
  });
}
