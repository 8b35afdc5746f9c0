import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { metricsOf } from './server-metrics.fixture.js';
import { registerSharedMemory } from './shared-memory-metrics.js';

const USAGE = { sizeBytes: 4, committedBytes: 3, regionBytes: 2, openSlots: 1, sharedPayloads: 7, fallbacks: 5 };

describe('when there is shared memory', () => {
  it('should show what it is like at each scrape', async () => {
    const registry = new Registry();
    let usage = USAGE;
    registerSharedMemory(registry, 'shop', () => usage);
    await registry.metrics();
    usage = { ...USAGE, openSlots: 9, fallbacks: 6 };
    const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines).toEqual([
      'shop_shared_memory_bytes{kind="limit"} 4',
      'shop_shared_memory_bytes{kind="committed"} 3',
      'shop_shared_memory_bytes{kind="regions"} 2',
      'shop_shared_memory_slots 9',
      'shop_shared_memory_payloads_total{way="shared"} 7',
      'shop_shared_memory_payloads_total{way="inline"} 6',
    ]);
  });
});

describe('when there is none', () => {
  it('should show nothing of it', async () => {
    expect(await metricsOf().registry.metrics()).not.toContain('shared_memory');
  });
});
