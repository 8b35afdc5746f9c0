import { isUtf8 } from 'node:buffer';
import { type LineFormat } from './line-format.js';
import { type TextLine } from './text-line.js';

/** What a line asks for. */
export interface LineRequest {
  /** Of OpenAI's batch files. */
  readonly customId: string | undefined;
  readonly route: string;
  readonly body: Buffer;
}

/** Why a line cannot be sent. */
export interface LineProblem {
  readonly customId: string | undefined;
  readonly code: string;
  readonly message: string;
}

export interface LineRules {
  readonly format: LineFormat;
  /** For lines that name none. */
  readonly route: string;
  readonly maxLineBytes: number;
}

/** The value of a line, or what is wrong with the line itself. */
export function parseLine({ bytes, length }: TextLine, maxLineBytes: number): { value: unknown } | LineProblem {
  if (length > maxLineBytes) {
    const cure = 'shorten it, or raise --max-line';
    return problem('LINE_TOO_LONG', `The line has ${length} bytes, more than ${maxLineBytes}: ${cure}.`);
  }
  if (!isUtf8(bytes)) return problem('NOT_UTF8', 'The line is not UTF-8: convert the file.');
  const text = bytes.toString();
  if (text.trim() === '') return problem('EMPTY_LINE', 'The line is empty: put a request into it, or remove it.');
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return problem('BROKEN_JSON', `The line is not JSON: ${(error as Error).message}.`);
  }
}

export function readRequest(line: TextLine, rules: LineRules): LineRequest | LineProblem {
  const parsed = parseLine(line, rules.maxLineBytes);
  if (!('value' in parsed)) return parsed;
  if (rules.format === 'openai') return ofEnvelope(parsed.value, rules.route);
  // As it stands, so that numbers keep all their digits.
  return { customId: undefined, route: rules.route, body: line.bytes };
}

function ofEnvelope(value: unknown, fallback: string): LineRequest | LineProblem {
  const { custom_id: id, method = 'POST', url = fallback, body } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string')
    return problem('NO_CUSTOM_ID', '"custom_id" is missing: give every line a text of its own.');
  if (method !== 'POST') return problem('WRONG_METHOD', '"method" cannot be used: it has to be "POST".', id);
  if (typeof url !== 'string' || !/^\/(?!\/)[\x21-\x7e]*$/.test(url)) {
    return problem(
      'WRONG_URL',
      '"url" cannot be used: it has to be a path on the server, such as "/v1/embeddings".',
      id,
    );
  }
  if (body === undefined) return problem('NO_BODY', '"body" is missing: put the request into it.', id);
  return { customId: id, route: url, body: Buffer.from(JSON.stringify(body)) };
}

const problem = (code: string, message: string, customId?: string): LineProblem => ({ customId, code, message });
