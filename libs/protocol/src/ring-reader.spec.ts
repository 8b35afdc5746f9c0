import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteRing } from './byte-ring.js';
import { RingReader } from './ring-reader.js';
import { RingWriter } from './ring-writer.js';

const LARGE = 40_000;

/** Both ends in one thread; `deliver` hands over the oldest message, as the event loop would. */
function connect(ringBytes = 64) {
  const messages: unknown[] = [];
  const ring = new ByteRing(new SharedArrayBuffer(16 + ringBytes));
  const writer = new RingWriter({ postMessage: (message) => void messages.push(message) }, ring);
  const received: Buffer[] = [];
  const next = () => (messages.length > 0 ? { message: messages.shift() } : undefined);
  const reader = new RingReader(ring, next, (bytes) => received.push(bytes));
  const deliver = (): void => {
    const one = next();
    if (one) reader.accept(one.message);
  };
  return { writer, reader, messages, deliver, text: () => Buffer.concat(received).toString('latin1') };
}

describe('when bytes are sent through a ring and messages', () => {
  it('should arrive in order, whatever went which way and whenever the reader looks', () => {
    const step = fc.oneof(
      fc.record({ length: fc.integer({ min: 1, max: 40 }) }),
      fc.constant({ length: LARGE }),
      fc.constant('deliver' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { writer, messages, deliver, text } = connect();
        let sent = '';
        for (const [i, one] of steps.entries()) {
          if (one === 'deliver') deliver();
          else {
            const part = String.fromCharCode(i).repeat(one.length);
            writer.write([Buffer.from(part, 'latin1')]);
            sent += part;
          }
        }
        while (messages.length > 0) deliver();
        expect(text() === sent).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('should tell the reader once of all that it has not looked at', () => {
    const { writer, messages, deliver, text } = connect();
    for (const part of ['a', 'b', 'c']) writer.write([Buffer.from(part)]);
    expect(messages).toEqual([null]);
    deliver();
    writer.write([Buffer.from('d')]);
    expect(messages).toEqual([null]);
    deliver();
    expect(text()).toBe('abcd');
  });

  it('should be found by a reader that was not told', () => {
    const { writer, reader, messages, text } = connect();
    writer.write([Buffer.from('last words')]);
    messages.length = 0;
    reader.drain();
    expect(text()).toBe('last words');
  });

  it('should arrive in order from another thread that writes as fast as it can', async () => {
    const { port1, port2: port } = new MessageChannel();
    const ring = new ByteRing();
    const program = `
      const { workerData: { port, memory } } = require('node:worker_threads');
      const [head, ring] = [new Int32Array(memory, 0, 4), new Uint8Array(memory, 16)];
      for (let n = 0; n < 20000; ) {
        const written = Atomics.load(head, 0);
        if (n % 1000 === 500) {
          port.postMessage({ after: written >>> 0, bytes: new Uint8Array(new Uint32Array([n++]).buffer) });
          Atomics.add(head, 2, 1);
          continue;
        }
        if (((written - Atomics.load(head, 1)) >>> 0) + 4 > ring.length) continue;
        ring.set(new Uint8Array(new Uint32Array([n++]).buffer), (written >>> 0) % ring.length);
        Atomics.store(head, 0, (written + 4) | 0);
        if (Atomics.exchange(head, 3, 1) === 0) port.postMessage(null);
      }`;
    const chunks: Buffer[] = [];
    const reader = new RingReader(
      ring,
      () => receiveMessageOnPort(port1),
      (bytes) => chunks.push(bytes),
    );
    port1.on('message', (message: unknown) => reader.accept(message));
    const thread = new Worker(program, { eval: true, workerData: { port, memory: ring.memory }, transferList: [port] });
    await new Promise((resolve) => thread.on('exit', resolve));
    for (let left = receiveMessageOnPort(port1); left; left = receiveMessageOnPort(port1)) reader.accept(left.message);
    reader.drain();
    const bytes = Buffer.concat(chunks);
    const numbers = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(i * 4));
    expect(numbers).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
    port1.close();
  });
});

describe('when a message comes that no writer sent', () => {
  it.each([[undefined], ['text'], [{ after: 0 }], [{ after: '0', bytes: new Uint8Array(1) }]])(
    'should refuse %o',
    (message) => {
      expect(() => connect().reader.accept(message)).toThrow('message without bytes');
    },
  );
});
