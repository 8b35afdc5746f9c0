import type { LogLevel, MetricsReport } from '#libs/contracts';
import type { ReadyDetails, ReplicaListener } from './replica.js';

/** Writes down what a replica reports, in order and in words, and lets a spec wait for it. */
export class RecordingListener implements ReplicaListener {
  readonly events: string[] = [];
  details?: ReadyDetails;
  private readonly waiting: { event: string | RegExp; resolve: (event: string) => void }[] = [];

  ready(details: ReadyDetails): void {
    this.details = details;
    this.add('ready');
  }
  begun(batch: number, indexes: readonly number[] | undefined): void {
    this.add(`begun ${batch}: ${indexes?.join() ?? 'all'}`);
  }
  streamed(batch: number, index: number, count: number, payload: Uint8Array): void {
    this.add(`streamed ${batch}/${index}: ${count}, ${Buffer.from(payload).toString()}`);
  }
  settled(batch: number, index: number, ok: boolean, payload: Uint8Array): void {
    this.add(`${ok ? 'ok' : 'error'} ${batch}/${index}: ${Buffer.from(payload).toString()}`);
  }
  finished(batch: number): void {
    this.add(`finished ${batch}`);
  }
  usage(rssBytes: number): void {
    this.add(`usage ${rssBytes}`);
  }
  metrics({ families }: MetricsReport): void {
    this.add(`metrics ${families.map(({ name }) => name).join()}`);
  }
  log(level: LogLevel, message: string): void {
    this.add(`${level}: ${message}`);
  }
  ended(reason: string): void {
    this.add(`ended: ${reason}`);
  }

  /** The first event that is, or begins with, or matches `event`. */
  until(event: string | RegExp): Promise<string> {
    const found = this.events.find((past) => matches(past, event));
    return found ? Promise.resolve(found) : new Promise((resolve) => this.waiting.push({ event, resolve }));
  }

  private add(event: string): void {
    this.events.push(event);
    for (const waiter of this.waiting) if (matches(event, waiter.event)) waiter.resolve(event);
  }
}

function matches(event: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? event.startsWith(wanted) : wanted.test(event);
}
