import { validateHeaderName, validateHeaderValue } from 'node:http';
import { wrong } from './values.js';

/** Set by the client itself. */
const OWN = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect']);

/** @param lines as `Name: value` */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map(parseHeader));
}

function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
  const value = line.slice(colon + 1).trim();
  if (OWN.has(name)) throw wrong('header', line, 'another one: the client sets it itself');
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw wrong('header', line, "a name and a value with a colon between, such as 'Accept: application/json'");
  }
  return [name, value];
}
