import { Counter, Gauge, type Registry } from 'prom-client';

/** Of the shared memory, at one moment. Bytes, except where it says otherwise. */
export interface SharedMemoryUsage {
  readonly sizeBytes: number;
  readonly committedBytes: number;
  readonly regionBytes: number;
  /** Slots that somebody needs. */
  readonly openSlots: number;
  /** Payloads so far that went through a slot. */
  readonly sharedPayloads: number;
  /** Payloads so far that were large enough and went inline for want of room. */
  readonly fallbacks: number;
}

/** Use of the shared memory, and how often there was no room. */
export function registerSharedMemory(registry: Registry, namespace: string, usage: () => SharedMemoryUsage): void {
  const registers = [registry];
  const name = (suffix: string): string => `${namespace}_shared_memory_${suffix}`;
  new Gauge({
    name: name('bytes'),
    help: 'shared memory: its limit, what was taken from the system, what is given to processes as regions',
    labelNames: ['kind'],
    registers,
    collect() {
      const { sizeBytes, committedBytes, regionBytes } = usage();
      this.set({ kind: 'limit' }, sizeBytes);
      this.set({ kind: 'committed' }, committedBytes);
      this.set({ kind: 'regions' }, regionBytes);
    },
  });
  new Gauge({
    name: name('slots'),
    help: 'slots of the shared memory in use',
    registers,
    collect() {
      this.set(usage().openSlots);
    },
  });
  new Counter({
    name: name('payloads_total'),
    help: 'payloads above the threshold: through a slot, or inline for want of room',
    labelNames: ['way'],
    registers,
    collect() {
      const { sharedPayloads, fallbacks } = usage();
      this.reset();
      this.inc({ way: 'shared' }, sharedPayloads);
      this.inc({ way: 'inline' }, fallbacks);
    },
  });
}
