/**
 * Calls the server from so many clients until it is stopped, mostly well: a board is to show errors and refusals too.
 * `node dist/apps/monitoring/load.js http://localhost:8000`
 */
import { setTimeout as delay } from 'node:timers/promises';

const CLIENTS = 24;
/** A client's pause between two requests, so that the load leaves a core to the server. */
const PAUSE_MS = 20;
/** While the server cannot be reached. */
const RETRY_MS = 500;

interface Call {
  readonly path: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const USUAL: Call = { path: '/predict', body: '{"size":2000}' };
const STREAM: Call = { path: '/count', body: '{"size":1}' };
const INVALID: Call = { path: '/predict', body: '{"size":0}' };
/** Nobody can keep it: refused at the door or late. */
const HURRIED: Call = { ...USUAL, headers: { 'x-request-timeout': '2' } };

/** By the number of the request: one in 10 is a stream, one in 25 invalid, one in 15 in a hurry. */
function callOf(number: number): Call {
  if (number % 25 === 0) return INVALID;
  if (number % 15 === 0) return HURRIED;
  return number % 10 === 0 ? STREAM : USUAL;
}

async function client(server: string, first: number): Promise<never> {
  for (let number = first; ; number += CLIENTS) {
    const { path, body, headers } = callOf(number);
    try {
      const answer = await fetch(server + path, { method: 'POST', body, headers });
      await answer.arrayBuffer();
      await delay(PAUSE_MS);
    } catch {
      await delay(RETRY_MS);
    }
  }
}

const [server] = process.argv.slice(2);
if (server === undefined) {
  process.stderr.write('The address of the server is missing: load.js http://localhost:8000\n');
  process.exit(2);
}
await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(server.replace(/\/$/, ''), index + 1)));
