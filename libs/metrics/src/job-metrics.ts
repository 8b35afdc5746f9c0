import { Counter, Gauge, type Registry } from 'prom-client';

/** What happens to a job. */
export type JobEvent = 'accepted' | 'succeeded' | 'failed' | 'cancelled';
/** What happens to a message about a job. */
export type DeliveryOutcome = 'delivered' | 'failed' | 'dead';

/** The jobs of one route at one moment. */
export interface JobsUsage {
  readonly route: string;
  /** In this process. */
  readonly running: number;
  /** In the queue of all processes. */
  readonly waiting: number;
}

/** Asynchronous jobs, and the messages that tell of their ends. */
export class JobMetrics {
  private readonly events: Counter<'route' | 'event'>;
  private readonly deliveries: Counter<'outcome'>;

  constructor(
    private readonly registry: Registry,
    private readonly namespace: string,
  ) {
    const registers = [registry];
    const help = 'jobs that were accepted, or have ended, in this process';
    this.events = new Counter({ name: `${namespace}_jobs_total`, help, labelNames: ['route', 'event'], registers });
    this.deliveries = new Counter({
      name: `${namespace}_jobs_webhook_deliveries_total`,
      help: 'tries to deliver a message about a job',
      labelNames: ['outcome'],
      registers,
    });
  }

  counted(route: string, event: JobEvent): void {
    this.events.inc({ route, event });
  }

  delivered(outcome: DeliveryOutcome): void {
    this.deliveries.inc({ outcome });
  }

  /** Asked at each scrape. */
  show(usages: () => readonly JobsUsage[]): void {
    this.gauge('jobs_running', 'jobs that run in this process', usages, ({ running }) => running);
    this.gauge('jobs_waiting', 'jobs that wait in the queue of all processes', usages, ({ waiting }) => waiting);
  }

  private gauge(
    suffix: string,
    help: string,
    usages: () => readonly JobsUsage[],
    value: (usage: JobsUsage) => number,
  ): void {
    const { registry, namespace } = this;
    new Gauge({
      name: `${namespace}_${suffix}`,
      help,
      labelNames: ['route'],
      registers: [registry],
      collect() {
        for (const usage of usages()) this.set({ route: usage.route }, value(usage));
      },
    });
  }
}
