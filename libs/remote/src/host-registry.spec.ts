import { describe, expect, it } from 'vitest';
import { HostRegistry } from './host-registry.js';

const served = { stage: 'Work', slots: 2, maxBatchSize: 4, batchMs: 10 };

function registry() {
  const clock = { now: 0 };
  return { clock, hosts: new HostRegistry(() => clock.now) };
}

describe('when hosts tell of themselves', () => {
  it('should add up what they can run, and average what a batch takes where that is known', () => {
    const { hosts } = registry();
    hosts.heard({ host: 'a', stages: { q: served } });
    hosts.heard({ host: 'b', stages: { q: { ...served, slots: 1, batchMs: 0 } } });
    hosts.heard({ host: 'c', stages: { q: { ...served, batchMs: 30 }, other: served } });
    expect(hosts.of('q')).toEqual({ hosts: 3, slots: 5, places: 20, batchMs: 20 });
    expect(hosts.of('other').hosts).toBe(1);
    expect(hosts.of('none')).toEqual({ hosts: 0, slots: 0, places: 0, batchMs: 0 });
  });

  it('should take the last word of each', () => {
    const { hosts } = registry();
    hosts.heard({ host: 'a', stages: { q: served } });
    hosts.heard({ host: 'a', stages: { q: { ...served, slots: 0 } } });
    expect(hosts.of('q').hosts).toBe(0);
  });
});

describe('when a host is not there any more', () => {
  it('should forget one that leaves at once', () => {
    const { hosts } = registry();
    hosts.heard({ host: 'a', stages: { q: served } });
    hosts.heard({ host: 'a' });
    expect(hosts.of('q').hosts).toBe(0);
  });

  it('should forget one that has missed three notices', () => {
    const { hosts, clock } = registry();
    hosts.heard({ host: 'a', stages: { q: served } });
    clock.now = 3_000;
    hosts.heard({ host: 'b', stages: { q: served } });
    expect(hosts.of('q').hosts).toBe(2);
    clock.now = 3_501;
    expect(hosts.of('q').hosts).toBe(1);
  });

  it('should forget all when nothing could be heard', () => {
    const { hosts } = registry();
    hosts.heard({ host: 'a', stages: { q: served } });
    hosts.forget();
    expect(hosts.of('q').hosts).toBe(0);
  });
});

describe('when hosts run the stage for another queue', () => {
  it('should tell', () => {
    const { hosts } = registry();
    hosts.heard({ host: 'a', stages: { q: served } });
    expect(hosts.hasOther('Work', 'q')).toBe(false);
    expect(hosts.hasOther('Work', 'r')).toBe(true);
    expect(hosts.hasOther('Else', 'r')).toBe(false);
  });
});
