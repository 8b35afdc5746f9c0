import { type LineFormat } from '../input/line-format.js';
import { type Reply } from '../sending/reply.js';
import { bodyText } from './answer-body.js';

/** What became of a line: an answer, or why there is none. */
export type LineOutcome = Reply | { readonly status: undefined; readonly code: string; readonly message: string };

export interface LineName {
  readonly number: number;
  readonly customId: string | undefined;
  /** Unique among all lines of all runs. */
  readonly key: string;
}

export const isSuccess = ({ status }: Pick<LineOutcome, 'status'>): boolean =>
  status !== undefined && status >= 200 && status < 300;

/** The line of the output, with its line feed. */
export function resultLine(name: LineName, outcome: LineOutcome, format: LineFormat): string {
  return `${format === 'openai' ? envelope(name, outcome) : plain(name, outcome)}\n`;
}

function plain({ number }: LineName, outcome: LineOutcome): string {
  const head = `{"line":${number},"status":${outcome.status ?? null}`;
  if (outcome.status === undefined) return `${head},"error":${errorText(outcome)}}`;
  const { json, encoding } = bodyText(outcome);
  const about =
    encoding === undefined ? '' : `,"contentType":${JSON.stringify(outcome.mediaType)},"encoding":"${encoding}"`;
  return `${head}${about},"body":${json}}`;
}

function envelope({ number, customId, key }: LineName, outcome: LineOutcome): string {
  const head = `{"id":${JSON.stringify(`batch_req_${key}`)},"custom_id":${JSON.stringify(customId ?? null)}`;
  if (outcome.status === undefined) return `${head},"response":null,"error":${errorText(outcome, number)}}`;
  const { json, encoding } = bodyText(outcome);
  const about =
    encoding === undefined ? '' : `,"content_type":${JSON.stringify(outcome.mediaType)},"encoding":"${encoding}"`;
  const id = JSON.stringify(outcome.requestId ?? null);
  return `${head},"response":{"status_code":${outcome.status},"request_id":${id}${about},"body":${json}},"error":null}`;
}

function errorText({ code, message }: { readonly code: string; readonly message: string }, line?: number): string {
  return JSON.stringify({ code, message, line });
}

const SUCCESS =
  /^\{(?:"line":\d+,"status":2\d\d,|"id":"[^"]*","custom_id":"(?:[^"\\]|\\.)*","response":\{"status_code":2\d\d,)/;

/** Whether a line of the output, of which the beginning is enough, tells of a success. */
export const tellsSuccess = (head: string): boolean => SUCCESS.test(head);
