import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { registerRemotes } from './remote-metrics.js';

describe('when a gateway with remote stages is scraped', () => {
  it('should show what waits for each stage, and its hosts, as of now', async () => {
    const registry = new Registry();
    let sent = 5;
    const usage = { stage: 'Detect', hosts: 2, slots: 4, queued: 7, open: 3, resent: 1 };
    registerRemotes(registry, 'ns', () => [{ ...usage, sent }]);
    await registry.metrics();
    sent = 6;
    const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('ns_'));
    expect(lines).toEqual([
      'ns_remote_hosts{stage="Detect"} 2',
      'ns_remote_slots{stage="Detect"} 4',
      'ns_remote_queue_items{stage="Detect"} 7',
      'ns_remote_open_items{stage="Detect"} 3',
      'ns_remote_items_total{stage="Detect"} 6',
      'ns_remote_resent_total{stage="Detect"} 1',
    ]);
  });
});
