import { closeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadNativeMemory } from '#libs/memory';
import { ownRssBytes } from './own-rss.js';

const SIZE = 64 << 20;

describe.runIf(process.platform === 'linux')('when a process has touched shared memory', () => {
  it('should not count it as its own', () => {
    const native = loadNativeMemory();
    const fd = native.create(SIZE);
    native.commit(fd, 0, SIZE);
    const shared = new Uint8Array(native.view(native.map(fd, SIZE), SIZE));
    const before = { own: ownRssBytes(), all: process.memoryUsage.rss() };
    shared.fill(1);
    expect(process.memoryUsage.rss() - before.all).toBeGreaterThan(SIZE * 0.9);
    expect(ownRssBytes() - before.own).toBeLessThan(SIZE / 2);
    native.discard(fd, SIZE);
    closeSync(fd);
  });
});
