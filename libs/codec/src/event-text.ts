import type { Streamed, StreamEvent } from '#libs/contracts';

/**
 * What a stage sent as an event, checked: a text becomes the data of an event without anything else.
 * @throws TypeError naming the part that cannot be sent
 */
export function requireEvent(sent: Streamed): StreamEvent {
  if (typeof sent === 'string') return { data: sent };
  if (typeof sent !== 'object' || sent === null || !('data' in sent)) {
    throw new TypeError('an event is neither a text nor an object with data: send a text or { data }');
  }
  const { event, id, retry } = sent;
  if (event !== undefined) requireLine('event', event, /[\r\n]/, 'a text without line breaks');
  if (id !== undefined) requireLine('id', id, /[\r\n\0]/, 'a text without line breaks and NUL');
  if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0)) {
    throw new TypeError(`an event has retry "${String(retry)}": give whole milliseconds`);
  }
  return sent;
}

/** @throws TypeError when JSON has no form for the data */
export function jsonOf(data: unknown): string {
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) throw new TypeError(`an event has a ${typeof data} as data: send what JSON has a form for`);
  return text;
}

function requireLine(part: string, value: unknown, forbidden: RegExp, wanted: string): void {
  if (typeof value === 'string' && !forbidden.test(value)) return;
  throw new TypeError(`an event has ${part} ${JSON.stringify(value)}: give ${wanted}`);
}
