import { describe, expect, it } from 'vitest';
import type { StageItem, StagePool } from '#libs/scheduler';
import type { RemotePool } from './remote-pool.js';
import { SpillPort } from './spill-port.js';

function spillOf() {
  const calls: string[] = [];
  const remoteItems = new Set<StageItem>();
  const port = (name: string) => ({
    stage: 'Work',
    maxQueueWaitMs: 7,
    predictedWaitMs: () => (name === 'local' ? 1 : 2),
    submit: (item: StageItem) => {
      calls.push(`${name} submit`);
      if (name === 'remote') remoteItems.add(item);
    },
    drop: () => calls.push(`${name} drop`),
    consumed: () => calls.push(`${name} consumed`),
    shed: () => calls.push(`${name} shed`),
  });
  const local = { ...port('local'), status: { ready: 2, waiting: 0, running: 0 } };
  const remote = {
    ...port('remote'),
    unreadyReason: undefined as string | undefined,
    has: (item: StageItem) => remoteItems.has(item),
  };
  const spill = new SpillPort(local as unknown as StagePool, remote as unknown as RemotePool, 4);
  return { spill, local, remote, calls };
}

const item = (): StageItem => ({}) as StageItem;
const flow = Symbol('flow');

describe('when a stage runs here and on hosts', () => {
  it('should send items to the hosts only once each replica here has a batch and another one waits', () => {
    const { spill, local, calls } = spillOf();
    local.status.waiting = 7;
    local.status.running = 8;
    spill.submit(item());
    expect(spill.predictedWaitMs(0, flow)).toBe(1);
    local.status.waiting = 8;
    spill.submit(item());
    expect(spill.predictedWaitMs(0, flow)).toBe(2);
    expect(calls).toEqual(['local submit', 'remote submit']);
  });

  it('should keep them here without a host', () => {
    const { spill, local, remote, calls } = spillOf();
    local.status.waiting = 100;
    remote.unreadyReason = 'no host serves stage Work';
    spill.submit(item());
    expect(calls).toEqual(['local submit']);
  });

  it('should tell whoever has the item, wherever the next one would go', () => {
    const { spill, local, calls } = spillOf();
    const [here, there] = [item(), item()];
    spill.submit(here);
    local.status.waiting = 16;
    spill.submit(there);
    spill.drop(here);
    local.status.waiting = 0;
    spill.consumed(there, 1);
    spill.drop(there);
    expect(calls.slice(2)).toEqual(['local drop', 'remote consumed', 'remote drop']);
  });

  it('should have every replica here away send all to the hosts', () => {
    const { spill, local, calls } = spillOf();
    local.status.ready = 0;
    spill.submit(item());
    expect(calls).toEqual(['remote submit']);
  });
});
