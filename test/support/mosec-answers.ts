/** What a client of mosec 0.9.8 is answered by `test/fixtures/mosec-clients/server.py`, as observed. */
export interface MosecAnswer {
  readonly when: string;
  readonly path: string;
  /** @default 'POST' */
  readonly method?: string;
  readonly body?: string;
  readonly status: number;
  /** The whole body; a pattern where it holds addresses and paths of the machine. */
  readonly text: string | RegExp;
  /** What this package answers in its place, on purpose; the reason is in `docs/migrating-from-mosec.md`. */
  readonly ours?: { readonly status?: number; readonly text: string };
}

export const MOSEC_FLAGS = ['--max-request-size', '2000'];

const failure = (kind: string, text: string): string => JSON.stringify({ raise: kind, text });
const BROKEN_JSON = '{"raise":';

export const MOSEC_ANSWERS: readonly MosecAnswer[] = [
  { when: 'it is probed', path: '/', method: 'GET', status: 200, text: 'MOSEC service' },
  { when: 'the body is empty', path: '/inference', body: '', status: 200, text: 'no data provided' },
  {
    when: 'the body is too large',
    path: '/inference',
    body: 'a'.repeat(2001),
    status: 413,
    text: 'request body is too large',
  },
  ...(
    [
      ['client', 'no', 400, 'bad request: no'],
      ['client', '', 400, 'bad request: bad request'],
      ['decoding', 'no', 400, 'decoding error: no'],
      ['decoding', '', 400, 'decoding error: decoding error'],
      ['validation', 'no', 422, 'request validation error: no'],
      ['validation', '', 422, 'request validation error: request validation error'],
      ['server', 'no', 500, 'internal error: no'],
      ['server', 'two\nlines', 500, 'internal error: two - lines'],
      ['encoding', 'no', 500, 'encoding error: no'],
      ['other', 'secret', 500, 'inference internal error'],
    ] as const
  ).map(([kind, message, status, text]) => ({
    when: `a stage raises a ${kind} error ${JSON.stringify(message)}`,
    path: '/inference',
    body: failure(kind, message),
    status,
    text,
  })),
  {
    when: 'a batch has another number of results',
    path: '/miscount',
    body: '{}',
    status: 500,
    text: 'inference internal error',
  },
  {
    when: 'a stream fails',
    path: '/events',
    body: '{"text":"no"}',
    status: 200,
    text: 'data: one\n\nevent: error\ndata: SSE inference error: 422: Unprocessable Content: request validation error: no\n\n',
  },

  // What differs: more is told, or less of the machine.
  {
    when: 'the body is no JSON',
    path: '/inference',
    body: BROKEN_JSON,
    status: 400,
    text: 'decoding error: decoding error',
    ours: { text: 'decoding error: Unexpected end of JSON input' },
  },
  {
    when: 'a result has no form in JSON',
    path: '/unencodable',
    body: '{}',
    status: 500,
    text: 'encoding error: encoding error',
    ours: { text: 'encoding error: the result cannot be encoded' },
  },
  {
    when: 'a stage takes longer than its own limit',
    path: '/overrun',
    body: '{}',
    status: 408,
    text: /^mosec timeout error: \[14\]`forward` timeout after 0\.2s: <frame at 0x\w+, file '.+', line \d+, code forward>$/,
    ours: { text: 'forward took longer than 200 ms' },
  },
  {
    when: 'the method is wrong',
    path: '/inference',
    method: 'GET',
    status: 405,
    text: '',
    ours: { text: 'GET is not allowed here; use POST' },
  },
  {
    when: 'there is no such route',
    path: '/nowhere',
    body: '{}',
    status: 404,
    text: '',
    ours: { text: '{"message":"Cannot POST /nowhere","error":"Not Found","statusCode":404}' },
  },
  {
    when: 'a stream fails before its first event',
    path: '/events',
    body: BROKEN_JSON,
    status: 200,
    text: 'event: error\ndata: SSE inference error: 400: Bad Request: decoding error: decoding error\n\n',
    ours: { status: 400, text: 'decoding error: Unexpected end of JSON input' },
  },
];

/** One slot in the queue, and not much time. */
export const OVERLOAD_FLAGS = ['--capacity', '1', '--timeout', '1000'];
export const OVERLOAD_ANSWERS = ['408 inference timeout', '429 too many request: task queue is full'];
export const DRAINING_ANSWER = '503 gracefully shutting down';
