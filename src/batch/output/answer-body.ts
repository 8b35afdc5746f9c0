import { isUtf8 } from 'node:buffer';
import { type Answer } from '../sending/reply.js';

/** An answer as it stands in a line. */
export interface BodyText {
  /** JSON without a line break. */
  readonly json: string;
  /** How bytes that are not JSON are written; undefined for JSON. */
  readonly encoding: 'text' | 'base64' | undefined;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;
const TEXT_TYPE = /^text\/|[/+](?:json|x-ndjson|jsonl|xml|yaml)$/;

export function bodyText({ mediaType, body }: Answer): BodyText {
  const readable = isUtf8(body);
  if (readable && JSON_TYPE.test(mediaType)) {
    const json = onOneLine(body.toString());
    if (json !== undefined) return { json, encoding: undefined };
  }
  if (body.length === 0) return { json: 'null', encoding: undefined };
  if (readable && TEXT_TYPE.test(mediaType)) return { json: JSON.stringify(body.toString()), encoding: 'text' };
  return { json: JSON.stringify(body.toString('base64')), encoding: 'base64' };
}

/** As it came where that is possible, so that numbers keep all their digits. */
function onOneLine(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return /[\r\n]/.test(text) ? JSON.stringify(value) : text;
  } catch {
    return undefined;
  }
}
