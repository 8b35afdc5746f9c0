import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { waitFor } from './wait-for.js';

/** A stream as a client reads it, with a parser that knows nothing of this package. */
export class EventStreamClient {
  readonly events: EventSourceMessage[] = [];
  readonly comments: string[] = [];
  /** Settles at the end of the stream: true, or false where the connection broke. */
  readonly ended: Promise<boolean>;
  private readonly stop = new AbortController();

  private constructor(
    readonly response: Response,
    abort: AbortController,
  ) {
    this.stop = abort;
    this.ended = this.read().then(
      () => true,
      () => false,
    );
  }

  /** Resolves when the headers have come. */
  static async open(url: string, body: unknown, headers: Record<string, string> = {}): Promise<EventStreamClient> {
    const abort = new AbortController();
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: abort.signal });
    return new EventStreamClient(response, abort);
  }

  /** All its events, at its end. */
  static async readAll(url: string, body: unknown, headers?: Record<string, string>): Promise<EventStreamClient> {
    const client = await EventStreamClient.open(url, body, headers);
    await client.ended;
    return client;
  }

  get data(): string[] {
    return this.events.map(({ data }) => data);
  }

  /** Resolves when so many events have come. */
  async until(count: number): Promise<void> {
    await waitFor(() => this.events.length >= count, { what: `${count} events`, everyMs: 2 });
  }

  /** The client is gone. */
  disconnect(): void {
    this.stop.abort();
  }

  private async read(): Promise<void> {
    const parser = createParser({
      onEvent: (event) => this.events.push(event),
      onComment: (comment) => this.comments.push(comment),
    });
    const text = new TextDecoder();
    for await (const chunk of this.response.body ?? []) parser.feed(text.decode(chunk as Uint8Array, { stream: true }));
  }
}
