import { describe, expect, it } from 'vitest';
import type { FromWorker } from './control-message.js';
import { decodeFromWorker } from './from-worker.js';
import { ProtocolError } from './protocol.error.js';

const frameOf = (message: unknown) => {
  const body = Buffer.from(JSON.stringify(message));
  return { type: 5, flags: 0, count: 0, batch: 0, body };
};

describe('when a worker reports', () => {
  it.each<FromWorker>([
    { kind: 'ready', loadMs: 1.5, warmUpMs: 0 },
    { kind: 'ready', loadMs: 0, warmUpMs: 2, examples: ['/w8='] },
    { kind: 'failed', reason: '' },
    { kind: 'usage', rssBytes: 1 << 30 },
    { kind: 'log', level: 'debug', message: 'fine' },
  ])('should take it: %j', (message) => {
    expect(decodeFromWorker(frameOf(message))).toEqual(message);
  });

  it.each<unknown>([
    { kind: 'stop' },
    { kind: ['ready'], loadMs: 1, warmUpMs: 1 },
    { kind: 'ready' },
    { kind: 'ready', loadMs: '1', warmUpMs: 1 },
    { kind: 'ready', loadMs: -1, warmUpMs: 1 },
    { kind: 'ready', loadMs: 1, warmUpMs: 1, examples: 'x' },
    { kind: 'ready', loadMs: 1, warmUpMs: 1, examples: [1] },
    { kind: 'failed', reason: { toString: 'x' } },
    { kind: 'usage', rssBytes: null },
    { kind: 'log', level: 'fatal', message: 'x' },
    { kind: 'log', level: 'info', message: ['x'] },
  ])('should refuse what it does not know: %j', (message) => {
    expect(() => decodeFromWorker(frameOf(message))).toThrow(ProtocolError);
  });
});
