import { createBrotliCompress, constants, gzipSync } from 'node:zlib';

const MIB = 1 << 20;
/** The largest window of brotli. */
const WINDOW_BITS = 24;
const UNIT_BYTES = 2 ** WINDOW_BITS;
/** At higher qualities the pieces are not the same. */
const QUALITY = 5;

/**
 * A few kilobytes of brotli that become `bytes` zeros, without compressing as many: a compressor that is flushed between
 * equal pieces writes the same bytes for each of them.
 */
export async function brotliBomb(bytes: number): Promise<Buffer> {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY } = constants;
  const params = { [BROTLI_PARAM_LGWIN]: WINDOW_BITS, [BROTLI_PARAM_QUALITY]: QUALITY };
  const compressor = createBrotliCompress({ params });
  const piece = async (): Promise<Buffer> => {
    await new Promise((resolve) => compressor.write(Buffer.alloc(UNIT_BYTES), resolve));
    await new Promise<void>((resolve) => compressor.flush(resolve));
    return compressor.read() as Buffer;
  };
  const [first, second, third] = [await piece(), await piece(), await piece()];
  if (!second.equals(third)) throw new Error('the pieces of the bomb are not the same');
  compressor.end();
  const end = Buffer.concat((await compressor.toArray()) as Buffer[]);
  const repeated = Array<Buffer>(Math.ceil(bytes / UNIT_BYTES) - 1).fill(second);
  return Buffer.concat([first, ...repeated, end]);
}

/** gzip of `bytes` zeros in members of 10 MiB, a thousandth of that in size. */
export function gzipBomb(bytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(10 * MIB), { level: 9 });
  return Buffer.concat(Array<Buffer>(Math.ceil(bytes / (10 * MIB))).fill(member));
}
