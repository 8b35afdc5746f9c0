import type { Readable } from 'node:stream';
import { MosecError } from '#libs/contracts';

/** Reads a request body of at most `limit` bytes. Calls back once. */
export function readBody(
  stream: Readable,
  contentLength: string | undefined,
  limit: number,
  callback: (error: MosecError | undefined, body?: Buffer) => void,
): void {
  if (Number(contentLength) > limit) return callback(tooLarge());
  const chunks: Buffer[] = [];
  let size = 0;
  const settle = (error: MosecError | undefined, body?: Buffer): void => {
    stream.off('data', onData).off('end', onEnd).off('close', onClose);
    callback(error, body);
  };
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > limit) {
      settle(tooLarge());
      stream.resume();
    } else chunks.push(chunk);
  };
  const onEnd = (): void => settle(undefined, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size));
  const onClose = (): void => settle(new MosecError('the client went away', 499, 'CANCELLED'));
  stream.on('data', onData).on('end', onEnd).on('close', onClose).on('error', ignore);
}

/** An aborted upload also closes the stream, which is what counts. */
function ignore(): void {}

function tooLarge(): MosecError {
  return new MosecError('request body is too large', 413, 'TOO_LARGE');
}
