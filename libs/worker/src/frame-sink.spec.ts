import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writevSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameSink } from './frame-sink.js';
import { sendToDescriptor } from './send-to-descriptor.js';

const real = vi.hoisted(() => ({ writevSync: undefined as unknown as typeof writevSync }));
vi.mock('node:fs', async (load) => {
  const fs = await load<{ writevSync: typeof writevSync }>();
  real.writevSync = fs.writevSync;
  return { ...fs, writevSync: vi.fn() };
});

const write = vi.mocked(writevSync);
const failure = (code: string) => Object.assign(new Error(code), { code });

/** A descriptor that takes `sizes` bytes per write, 0 standing for "try again"; then everything. */
function takes(sizes: readonly number[]): { written: () => string } {
  const left = [...sizes];
  const chunks: Buffer[] = [];
  write.mockImplementation((_fd, buffers) => {
    const offered = Buffer.concat(buffers as Uint8Array[]);
    const size = left.shift() ?? offered.length;
    if (size === 0) throw failure('EAGAIN');
    const chunk = offered.subarray(0, size);
    chunks.push(chunk);
    return chunk.length;
  });
  return { written: () => Buffer.concat(chunks).toString() };
}

beforeEach(() => {
  write.mockReset();
});

describe('when frames are written', () => {
  it('should gather them into one write at the flush', () => {
    const { written } = takes([]);
    const sink = new FrameSink(sendToDescriptor(4));
    sink.write(Buffer.from('one '), Buffer.from('two '));
    sink.write(Buffer.from('three'));
    expect(write).not.toHaveBeenCalled();
    sink.flush();
    expect(written()).toBe('one two three');
    expect(write).toHaveBeenCalledTimes(1);
    expect(write.mock.calls[0]![0]).toBe(4);
  });

  it('should not write when nothing is pending', () => {
    const sink = new FrameSink(sendToDescriptor(4));
    sink.flush();
    expect(write).not.toHaveBeenCalled();
  });

  it('should not gather more than 64 KiB', () => {
    takes([]);
    const sink = new FrameSink(sendToDescriptor(4));
    sink.write(Buffer.alloc(65_535));
    expect(write).not.toHaveBeenCalled();
    sink.write(Buffer.alloc(1));
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('should hand no more buffers to the system than it accepts', () => {
    const { written } = takes([]);
    const sink = new FrameSink(sendToDescriptor(4));
    for (let i = 0; i < 2500; i += 1) sink.write(Buffer.from('x'));
    sink.flush();
    expect(written()).toHaveLength(2500);
    expect(Math.max(...write.mock.calls.map(([, buffers]) => buffers.length))).toBe(1024);
  });
});

describe('when the gateway reads slowly', () => {
  it('should write every byte once and in order, however little is taken at a time', () => {
    const buffers = fc.array(fc.string({ maxLength: 12 }), { maxLength: 10 });
    fc.assert(
      fc.property(buffers, fc.array(fc.nat(9), { maxLength: 8 }), (texts, sizes) => {
        const { written } = takes(sizes);
        const sink = new FrameSink(sendToDescriptor(4));
        sink.write(...texts.map((part) => Buffer.from(part)));
        sink.flush();
        expect(written()).toBe(texts.join(''));
      }),
    );
  });

  it('should get megabytes through a real socket pair', async () => {
    write.mockImplementation(real.writevSync);
    const program = `
      const hash = require('node:crypto').createHash('sha256');
      process.stdin.on('data', (chunk) => hash.update(chunk)).on('end', () => console.log(hash.digest('hex')));`;
    const reader = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { fd } = (reader.stdin as unknown as { _handle: { fd: number } })._handle;
    const parts = Array.from({ length: 40 }, () => randomBytes(100_000));
    const sink = new FrameSink(sendToDescriptor(fd));
    for (const part of parts) sink.write(part);
    sink.flush();
    const closed = once(reader, 'close');
    reader.stdin.end();
    expect((await text(reader.stdout)).trim()).toBe(createHash('sha256').update(Buffer.concat(parts)).digest('hex'));
    await closed;
    expect(write.mock.results.some(({ type }) => type === 'throw')).toBe(true);
  });
});

describe('when the gateway is gone', () => {
  it('should throw the system error', () => {
    write.mockImplementation(() => {
      throw failure('EPIPE');
    });
    const sink = new FrameSink(sendToDescriptor(4));
    sink.write(Buffer.from('lost'));
    expect(() => sink.flush()).toThrow('EPIPE');
  });
});
