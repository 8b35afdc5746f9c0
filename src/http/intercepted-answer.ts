import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { EncodingError, MosecError, type Codec } from '#libs/contracts';
import type { AnswerCompression } from './answer-compression.js';
import { sendLate } from './send-late.js';

export interface InterceptedAnswerListener {
  /** The answer leaves, with this status. */
  readonly sent: (statusCode: number) => void;
  /** The codec refused the value; what it returns is thrown to the exception filters. */
  readonly failed: (error: MosecError) => Error;
}

/** Makes a reply encode the value that comes back from the interceptors, as a worker would have. Errors stay theirs. */
export function encodeInterceptedAnswer(
  reply: FastifyReply,
  codec: Codec,
  compression: AnswerCompression | undefined,
  listener: InterceptedAnswerListener,
): void {
  const send = reply.send.bind(reply);
  reply.send = (value?: unknown) => {
    reply.send = send;
    const isAnswer = reply.statusCode < 400 && !(value instanceof Readable);
    const answer = isAnswer ? encode(value, codec, listener) : undefined;
    if (answer && !reply.hasHeader('content-type')) void reply.header('content-type', codec.mediaType);
    listener.sent(reply.statusCode);
    if (!answer || !compression) return send(answer ?? value);
    compression.compress(reply, answer, (bytes) => sendLate(reply, bytes));
    return reply;
  };
}

function encode(value: unknown, codec: Codec, { failed }: InterceptedAnswerListener): Uint8Array {
  try {
    return codec.encode(value);
  } catch (error) {
    throw failed(error instanceof MosecError ? error : new EncodingError((error as Error).message, { cause: error }));
  }
}
