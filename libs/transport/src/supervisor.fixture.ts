import { vi } from 'vitest';
import type { Replica, ReplicaListener } from './replica.js';
import type { BatchListener } from './replica-sink.js';
import { StartGate } from './start-gate.js';
import { Supervisor, type SupervisorOptions } from './supervisor.js';

export const READY = { loadMs: 1, warmUpMs: 2 };

/** A launched replica, and what the supervisor listens with. */
export class FakeReplica implements Replica {
  send = vi.fn();
  cancel = vi.fn();
  credit = vi.fn();
  scrape = vi.fn();
  stop = vi.fn();
  kill = vi.fn();
  pid = 4711;
  constructor(
    readonly workerId: number,
    readonly report: ReplicaListener,
  ) {}
}

/** A started supervisor of fake replicas, and all that it did. */
export function supervise(part: Partial<SupervisorOptions> = {}) {
  const launched: FakeReplica[] = [];
  const events: string[] = [];
  const retired: (() => void)[] = [];
  const batches = (workerId: number): BatchListener => ({
    begun: (batch) => events.push(`begun ${workerId}/${batch}`),
    streamed: (batch) => events.push(`streamed ${workerId}/${batch}`),
    settled: (batch, index) => events.push(`settled ${workerId}/${batch}/${index}`),
    finished: (batch) => events.push(`finished ${workerId}/${batch}`),
    detached: (reason) => events.push(`detached ${workerId}: ${reason}`),
    retire: (onIdle) => {
      events.push(`retire ${workerId}`);
      retired.push(onIdle);
    },
    load: () => ({ items: 0, batches: 0, serviceMs: 0 }),
  });
  const log = vi.fn<SupervisorOptions['log']['log']>();
  const onStartFailed = vi.fn();
  const supervisor = new Supervisor({
    stage: 'Echo',
    replicas: 1,
    launch: (workerId, listener) => {
      const replica = new FakeReplica(workerId, listener);
      launched.push(replica);
      return replica;
    },
    sink: { attach: (replica) => (events.push(`attach ${replica.workerId}`), batches(replica.workerId)) },
    gate: new StartGate(8),
    log: { log },
    startAttempts: 3,
    onReady: (workerId) => events.push(`ready ${workerId}`),
    onStartFailed,
    backoff: { baseMs: 100, maxMs: 1000, healthyMs: 5000, random: () => 1 },
    now: () => Date.now(),
    ...part,
  });
  supervisor.start();
  return { supervisor, launched, events, log, onStartFailed, retired };
}
