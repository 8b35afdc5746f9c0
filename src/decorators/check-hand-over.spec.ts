import { describe, expect, it } from 'vitest';
import { msgpack } from '#libs/codec';
import { redis, sharedMemory } from '#libs/handover';
import { checkStageOptions } from './check-stage-options.js';

const url = 'redis://:secret@cache';

describe('when a way of the hand-over is chosen', () => {
  it.each([
    sharedMemory(),
    sharedMemory({ thresholdBytes: 1, codec: msgpack }),
    redis({ url }),
    redis({ url: '/run/redis.sock', prefix: 'p', ttlMs: 1, timeoutMs: 1, codec: msgpack }),
  ])('should accept %o', (ipc) => {
    expect(() => checkStageOptions('Sends', { ipc })).not.toThrow();
  });

  it.each([
    [sharedMemory({ thresholdBytes: 0 }), 'ipc sharedMemory thresholdBytes "0": give an integer of at least 1'],
    [redis({ url, ttlMs: 0 }), 'ipc redis ttlMs "0": give an integer of at least 1'],
    [redis({ url, timeoutMs: 0.5 }), 'ipc redis timeoutMs "0.5": give an integer from 1'],
    [redis({ url, prefix: '' }), 'ipc redis prefix "": give a name'],
    [redis({ url: 'http://:secret@cache' }), 'ipc redis() with a url that is none of a Redis: give one such as'],
    [redis({ url, codec: { ...msgpack } }), 'ipc codec of its own named "msgpack", as a codec of this package is'],
    [redis({ url, codec: {} as never }), 'ipc "undefined", which is no codec'],
  ])('should refuse %o', (ipc, text) => {
    const check = (): void => checkStageOptions('Sends', { ipc });
    expect(check).toThrow(`Stage "Sends" has ${text.startsWith('ipc codec') ? `an ${text}` : text}`);
    expect(check).not.toThrow('secret');
  });
});
