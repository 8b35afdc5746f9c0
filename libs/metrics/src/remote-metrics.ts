import { Counter, Gauge, type Registry } from 'prom-client';

/** A stage on other hosts as a gateway sees it, at one moment. */
export interface RemoteStageUsage {
  readonly stage: string;
  /** Hosts with a ready replica. */
  readonly hosts: number;
  /** Batches that these run at the same time. */
  readonly slots: number;
  /** Items of all gateways that no host has taken yet, as of the last second. */
  readonly queued: number;
  /** Items of this gateway without an outcome. */
  readonly open: number;
  /** Items so far. */
  readonly sent: number;
  /** Those of them that were sent once more, as Redis had lost them. */
  readonly resent: number;
}

/** What waits for worker hosts, and how many there are. */
export function registerRemotes(
  registry: Registry,
  namespace: string,
  usages: () => readonly RemoteStageUsage[],
): void {
  const common = { labelNames: ['stage' as const], registers: [registry] };
  const name = (suffix: string): string => `${namespace}_remote_${suffix}`;
  const show = (suffix: string, help: string, value: (usage: RemoteStageUsage) => number): void => {
    new Gauge({
      ...common,
      name: name(suffix),
      help,
      collect() {
        for (const usage of usages()) this.set({ stage: usage.stage }, value(usage));
      },
    });
  };
  const count = (suffix: string, help: string, value: (usage: RemoteStageUsage) => number): void => {
    new Counter({
      ...common,
      name: name(suffix),
      help,
      collect() {
        this.reset();
        for (const usage of usages()) this.inc({ stage: usage.stage }, value(usage));
      },
    });
  };
  show('hosts', 'worker hosts with a ready replica of a stage', ({ hosts }) => hosts);
  show('slots', 'batches that the worker hosts of a stage run at the same time', ({ slots }) => slots);
  show('queue_items', 'items of all gateways that no worker host has taken yet', ({ queued }) => queued);
  show('open_items', 'items of this gateway that are with Redis or with a worker host', ({ open }) => open);
  count('items_total', 'items that were given to worker hosts', ({ sent }) => sent);
  count('resent_total', 'items that were given once more, as Redis had lost them', ({ resent }) => resent);
}
