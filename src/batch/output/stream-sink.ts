import { once } from 'node:events';
import { type Writable } from 'node:stream';
import { type ResultSink } from './result-sink.js';

/** Writes to a stream, such as standard output, which nothing can be continued from. */
export class StreamSink implements ResultSink {
  private problem: Error | undefined;
  private readonly onError = ({ message }: Error): void => {
    this.problem = new Error(`Standard output is closed (${message}).`);
  };

  constructor(private readonly stream: Writable) {
    stream.on('error', this.onError);
  }

  async write(text: string): Promise<void> {
    this.check();
    if (!this.stream.write(text)) await once(this.stream, 'drain');
    this.check();
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => void this.stream.write('', () => resolve()));
    this.stream.off('error', this.onError);
  }

  private check(): void {
    if (this.problem) throw this.problem;
  }
}
