import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Seconds that streams last: from a short answer to an hour of events. */
const DURATIONS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

/** The streams of one pipeline as the metrics hear of them. Every duration is in milliseconds. */
export interface PipelineStreams {
  opened(firstEventMs: number): void;
  streamed(events: number): void;
  closed(outcome: string, durationMs: number): void;
}

/** What streams do: how many are open, their events, how soon the first comes, how long they take and how they end. */
export class StreamMetrics {
  private readonly open: Gauge<'pipeline'>;
  private readonly events: Counter<'pipeline'>;
  private readonly firstEvent: Histogram<'pipeline'>;
  private readonly duration: Histogram<'pipeline' | 'outcome'>;

  /** @param buckets seconds, for the first event */
  constructor(registry: Registry, namespace: string, buckets: number[]) {
    const registers = [registry];
    const labelNames = ['pipeline'] as const;
    const name = (suffix: string): string => `${namespace}_stream_${suffix}`;
    this.open = new Gauge({ name: name('open'), help: 'streams that have begun and not ended', labelNames, registers });
    this.events = new Counter({ name: name('events_total'), help: 'events of streams', labelNames, registers });
    this.firstEvent = new Histogram({
      name: name('first_event_second'),
      help: 'time from a request to the first event of its stream',
      labelNames,
      buckets,
      registers,
    });
    this.duration = new Histogram({
      name: name('duration_second'),
      help: 'time from a request to the end of its stream, by outcome',
      labelNames: ['pipeline', 'outcome'],
      buckets: DURATIONS,
      registers,
    });
  }

  of(pipeline: string): PipelineStreams {
    const open = this.open.labels({ pipeline });
    const events = this.events.labels({ pipeline });
    const firstEvent = this.firstEvent.labels({ pipeline });
    return {
      opened: (firstEventMs) => {
        open.inc();
        firstEvent.observe(firstEventMs / 1000);
      },
      streamed: (count) => events.inc(count),
      closed: (outcome, durationMs) => {
        open.dec();
        this.duration.observe({ pipeline, outcome }, durationMs / 1000);
      },
    };
  }
}
