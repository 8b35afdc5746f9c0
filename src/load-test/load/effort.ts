import { cpus } from 'node:os';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';

const MICROSECONDS_PER_MS = 1000;

export interface EffortReading {
  /** Part of the time in which the event loop was busy, 0 to 1. */
  readonly utilisation: number;
  readonly cpuCores: number;
  /** Cores of this machine that nobody used. */
  readonly idleCores: number;
}

const idleMs = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0);

/** What this process itself spends, from its construction on. */
export class Effort {
  private readonly loop: EventLoopUtilization = performance.eventLoopUtilization();
  private readonly cpu = process.cpuUsage();
  private readonly idle = idleMs();
  private readonly startAt = performance.now();

  read(): EffortReading {
    const { utilization } = performance.eventLoopUtilization(this.loop);
    const { user, system } = process.cpuUsage(this.cpu);
    const elapsedMs = performance.now() - this.startAt;
    const cpuCores = (user + system) / MICROSECONDS_PER_MS / elapsedMs;
    return { utilisation: utilization, cpuCores, idleCores: (idleMs() - this.idle) / elapsedMs };
  }
}
