import { Agent, request, type IncomingMessage } from 'node:http';
import type { LoadTarget } from '../load/run-load.js';
import type { Pace } from '../server/stages/events.stage.js';

const EVENT_END = '\n\n';
/** To connect is not part of what is measured. */
const agent = new Agent({ keepAlive: true });

type StreamTarget = Pick<LoadTarget, 'port' | 'path'>;

/** One stream, read to its end. Times are in milliseconds. */
export interface StreamSample {
  readonly events: number;
  /** From the request to the first bytes of events. */
  readonly firstEventMs: number;
  /** From the first to the last bytes of events. */
  readonly durationMs: number;
}

/**
 * Reads a stream, and counts its events instead of parsing them: the reader shares the cores with the server.
 * @param arrived called with the time for each chunk that holds the end of an event
 * @throws when it is no stream, or breaks off
 */
export async function readStream(
  target: StreamTarget,
  pace: Pace,
  arrived?: (at: number) => void,
): Promise<StreamSample> {
  const body = JSON.stringify(pace);
  const startedAt = performance.now();
  const response = await ask(target, body);
  if (response.statusCode !== 200)
    throw new Error(`a stream of "${target.path}" was answered with status ${response.statusCode}`);
  let events = 0;
  let firstAt = 0;
  let lastAt = 0;
  let carried = '';
  for await (const chunk of response) {
    lastAt = performance.now();
    firstAt ||= lastAt;
    const text: string = carried + (chunk as Buffer).toString('latin1');
    const before = events;
    for (let at = text.indexOf(EVENT_END); at >= 0; at = text.indexOf(EVENT_END, at + EVENT_END.length)) events++;
    carried = text.endsWith(EVENT_END) ? '' : text.slice(-1);
    if (events > before) arrived?.(lastAt);
  }
  if (events !== pace.events) throw new Error(`a stream of "${target.path}" had ${events} of ${pace.events} events`);
  return { events, firstEventMs: firstAt - startedAt, durationMs: lastAt - firstAt };
}

function ask({ port, path }: StreamTarget, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': String(body.length) };
    request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent }, resolve).on('error', reject).end(body);
  });
}
