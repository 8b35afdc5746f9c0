import { compareReadings } from './compare-readings.js';
import type { StatusReading } from './status-reading.interface.js';

/** The part of a response that a viewer is told through. */
export interface ViewerResponse {
  write(text: string): boolean;
  end(text: string): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain', listener: () => void): unknown;
}

interface Viewer {
  readonly response: ViewerResponse;
  /** Samples that were left out as it did not take them. */
  missed: number;
  isFull: boolean;
}

/** Milliseconds between two samples. */
const SAMPLE_MS = 1000;
/** Samples that rates and means are taken over: a slow service does not have something to show every second. */
const WINDOW = 5;
/** A viewer that has taken nothing for so many samples is gone, or asleep: then it asks again when it wakes. */
const MOST_MISSED = 30;
/** Milliseconds that a viewer has to read the end. */
const UNREAD_MS = 500;
/** Each viewer costs a connection and some kilobytes a second; nobody needs more pages than this. */
const MOST_VIEWERS = 64;

/** Takes samples while somebody looks, the same for all, and tells them as server-sent events. */
export class StatusFeed {
  private readonly viewers = new Set<Viewer>();
  /** The last ones, the oldest first. */
  private readings: StatusReading[] = [];
  private timer?: NodeJS.Timeout | undefined;

  constructor(private readonly read: () => StatusReading) {}

  get isFull(): boolean {
    return this.viewers.size >= MOST_VIEWERS;
  }

  /** From now on it is told, at once and then each second. The head of the response has been written. */
  add(response: ViewerResponse): void {
    const viewer = { response, missed: 0, isFull: false };
    response.on('close', () => this.remove(viewer));
    response.on('drain', () => Object.assign(viewer, { missed: 0, isFull: false }));
    this.viewers.add(viewer);
    const now = this.read();
    this.tell(viewer, eventOf(compareReadings(this.readings[0], now)));
    if (this.timer) return;
    this.readings = [now];
    this.timer = setInterval(() => this.sample(), SAMPLE_MS).unref();
  }

  /** Tells all that the server stops. What somebody has not read does not hold it up. */
  close(): void {
    for (const { response } of this.viewers) {
      response.end('event: draining\ndata:\n\n');
      setTimeout(() => response.destroy(), UNREAD_MS).unref();
    }
    this.viewers.clear();
    this.stop();
  }

  private sample(): void {
    const now = this.read();
    const event = eventOf(compareReadings(this.readings[0], now));
    this.readings = [...this.readings, now].slice(-WINDOW);
    for (const viewer of this.viewers) this.tell(viewer, event);
  }

  private tell(viewer: Viewer, event: string): void {
    if (!viewer.isFull) viewer.isFull = !viewer.response.write(event);
    else if (++viewer.missed >= MOST_MISSED) {
      viewer.response.destroy();
      this.remove(viewer);
    }
  }

  private remove(viewer: Viewer): void {
    this.viewers.delete(viewer);
    if (this.viewers.size === 0) this.stop();
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.readings = [];
  }
}

function eventOf(sample: object): string {
  return `data: ${JSON.stringify(sample)}\n\n`;
}
