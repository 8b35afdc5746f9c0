import type { JobKeys } from './job-keys.js';
import type { Client } from './peers.js';

/** Tells of messages about jobs: all listeners of the process share one connection. */
export class JobFeed {
  private readonly watchers = new Map<string, Set<() => void>>();
  /** Of the jobs that run here. */
  private readonly running = new Map<string, () => void>();

  constructor(
    private readonly client: Client,
    private readonly keys: JobKeys,
  ) {
    client.on('message', (channel, message) => this.receive(channel, message));
    client.on('ready', () => this.look());
    this.send(client.subscribe(keys.cancelled));
  }

  /** Calls back at each change of the job, and whenever one may have been missed. @returns ends that */
  watch(id: string, listener: () => void): () => void {
    const channel = this.keys.changes(id);
    const listeners = this.watchers.get(channel) ?? new Set();
    this.watchers.set(channel, listeners.add(listener));
    // What changes before Redis knows of the subscription is found by a look after it.
    if (listeners.size === 1) this.send(this.client.subscribe(channel).then(listener));
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      this.watchers.delete(channel);
      this.send(this.client.unsubscribe(channel));
    };
  }

  /** Calls back when the job, which runs here, may have been cancelled. @returns ends that */
  whenCancelled(id: string, listener: () => void): () => void {
    this.running.set(id, listener);
    return () => {
      if (this.running.get(id) === listener) this.running.delete(id);
    };
  }

  private receive(channel: string, message: string): void {
    if (channel === this.keys.cancelled) this.running.get(message)?.();
    else for (const listener of this.watchers.get(channel) ?? []) listener();
  }

  /** Messages of the time without a connection are lost. */
  private look(): void {
    for (const listener of this.running.values()) listener();
    for (const listeners of this.watchers.values()) for (const listener of listeners) listener();
  }

  /** Without a connection it is made up for with the next one. */
  private send(sent: Promise<unknown>): void {
    sent.catch(() => undefined);
  }
}
