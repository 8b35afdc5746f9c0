import { type Evidence, type Suggestion } from './suggestion.js';

/** Above it the event loop of the load tester queues requests itself. */
const BUSY_LOOP = 0.9;
/** Timers of Node are late by a millisecond or two by themselves. */
const LATE_MS = 10;

/** Where the load tester, and not the server, was the limit. */
export function clientLimits({ generator, requests, connections }: Evidence): Suggestion[] {
  const { utilisation, unsent, lagP99Ms } = generator;
  const found: Suggestion[] = [];
  if (utilisation >= BUSY_LOOP) {
    const busy = `${(utilisation * 100).toFixed(0)} %`;
    const text = `The load tester itself was the limit: its event loop was busy ${busy} of the time, so the server can do more and latencies are too long. Run several at once, or on another machine.`;
    found.push({ kind: 'client-limited', text });
  }
  if (utilisation < BUSY_LOOP && lagP99Ms > LATE_MS) {
    const text = `The load tester sent late, by ${lagP99Ms.toFixed(0)} ms at its p99, which is in the latencies: its machine was too busy. Run it on another one.`;
    found.push({ kind: 'client-limited', text });
  }
  if (unsent > 0) {
    const text = `${unsent} of ${requests} requests found none of the ${connections} connections free within their timeout: the server keeps them too long, or give more --connections.`;
    found.push({ kind: 'client-limited', text });
  }
  return found;
}
