import { describe, expect, it } from 'vitest';
import { Registry } from 'prom-client';
import { registerHandOvers } from './hand-over-metrics.js';

describe('when stages hand over through Redis', () => {
  it('should show what went through each, those of one address together, and whether it is there', async () => {
    const registry = new Registry();
    let values = 1;
    registerHandOvers(registry, 'ns', () => [
      { address: 'a:1', isUp: true, values, bytes: 10 },
      { address: 'a:1', isUp: true, values: 2, bytes: 5 },
      { address: 'b:1', isUp: false, values: 0, bytes: 0 },
    ]);
    await registry.metrics();
    values = 4;
    const lines = (await registry.metrics()).split('\n').filter((line) => line && !line.startsWith('#'));
    expect(lines).toEqual([
      'ns_redis_values_total{redis="a:1"} 6',
      'ns_redis_values_total{redis="b:1"} 0',
      'ns_redis_value_bytes_total{redis="a:1"} 15',
      'ns_redis_value_bytes_total{redis="b:1"} 0',
      'ns_redis_up{redis="a:1"} 1',
      'ns_redis_up{redis="b:1"} 0',
    ]);
  });
});
