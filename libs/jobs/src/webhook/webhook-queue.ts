import { lookup } from 'node:dns/promises';
import type { LogSink } from '#libs/contracts';
import { EVENTS, LOCK, NEVER_GIVES_UP } from '../job-lane.js';
import type { Client, Peers, QueuedJob, Queue, QueueWorker } from '../peers.js';
import { ReadyQueue } from '../ready-queue.js';
import { postMessage } from './post-message.js';
import { signatureHeaders } from './webhook-signature.js';
import type { WebhookSettings } from './webhook-settings.js';
import { WebhookTargets } from './webhook-target.js';

/** A message that could not be delivered. @publicApi */
export interface DeadLetter {
  /** That of its job. */
  readonly id: string;
  readonly url: string;
  /** How often it was sent. */
  readonly attempts: number;
  /** Why the last try failed. */
  readonly reason: string;
  /** When it was given up. */
  readonly failedAt: Date;
  /** Body of the message: JSON. */
  readonly payload: string;
}

export interface WebhookParts {
  readonly peers: Peers;
  readonly prefix: string;
  readonly prompt: Client;
  readonly patient: Client;
  readonly now: () => number;
  readonly log: LogSink;
  readonly delivered: (outcome: 'delivered' | 'failed' | 'dead') => void;
}

interface Message {
  readonly url: string;
  readonly payload: string;
}

const NAME = 'webhooks';
/** Deliveries of one process at a time: they wait for others, and cost next to nothing. */
const CONCURRENCY = 16;
/** Part of a delay that is left to chance, so that a receiver that comes back is not hit by all at once. */
const JITTER = 0.5;
/** The receiver wants no more of it. */
const GONE = 410;
const MS_PER_SECOND = 1_000;
const SWEEP_MS = 60_000;
const MOST_SWEPT = 1_000;
const FETCH_AGAIN_MS = 1_000;

/** Messages about jobs that have ended, on their way to those who asked for them. */
export class WebhookQueue {
  private readonly ready: ReadyQueue<Message>;
  private readonly targets: WebhookTargets;
  private worker?: QueueWorker<Message>;
  private sweep?: NodeJS.Timeout;

  constructor(
    private readonly settings: WebhookSettings,
    private readonly parts: WebhookParts,
  ) {
    const { peers, prefix, prompt } = parts;
    const { attempts, backoffMs, deadLetterTtlMs } = settings;
    this.targets = new WebhookTargets(settings, (host) => lookup(host, { all: true }));
    this.ready = new ReadyQueue(peers, NAME, {
      prefix,
      connection: prompt,
      streams: EVENTS,
      defaultJobOptions: {
        attempts,
        backoff: { type: 'exponential', delay: backoffMs, jitter: JITTER },
        removeOnComplete: true,
        removeOnFail: { age: Math.ceil(deadLetterTtlMs / MS_PER_SECOND) },
      },
    });
  }

  /** @throws JobRefusal when the URL may not be called */
  async check(url: string): Promise<void> {
    await this.targets.check(url);
  }

  /** Again is no harm while the message is on its way. */
  async add(id: string, url: string, message: object): Promise<void> {
    await this.queue.add('message', { url, payload: JSON.stringify(message) }, { jobId: id });
  }

  start(): void {
    const { peers, prefix, patient, log } = this.parts;
    this.worker = new peers.Worker<Message>(NAME, (job) => this.deliver(job), {
      prefix,
      connection: patient,
      concurrency: CONCURRENCY,
      ...LOCK,
      maxStalledCount: NEVER_GIVES_UP,
      runRetryDelay: FETCH_AGAIN_MS,
      streams: EVENTS,
    });
    this.worker.on('error', ({ message }) => log.log('debug', `queue of webhooks: ${message}`));
    this.worker.on('failed', (job, error) => job && this.failed(job, error));
    // BullMQ looks for old ones only when another one fails.
    const clean = (): void => void this.queue.clean(this.settings.deadLetterTtlMs, MOST_SWEPT, 'failed').catch(() => 0);
    this.sweep = setInterval(clean, SWEEP_MS).unref();
  }

  async drain(): Promise<void> {
    clearInterval(this.sweep);
    await this.worker?.close();
  }

  /** The latest first. */
  async deadLetters(limit: number): Promise<DeadLetter[]> {
    const failed = await this.queue.getFailed(0, limit - 1);
    return failed.map(({ id = '', data, attemptsMade, failedReason = '', finishedOn = 0 }) => ({
      id,
      url: data.url,
      payload: data.payload,
      attempts: attemptsMade,
      reason: failedReason,
      failedAt: new Date(finishedOn),
    }));
  }

  /** @returns whether there was such a message */
  async redeliver(id: string): Promise<boolean> {
    const job = await this.queue.getJob(id);
    if (job?.failedReason === undefined || job.finishedOn === undefined) return false;
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  }

  private get queue(): Queue<Message> {
    return this.ready.queue;
  }

  /** The target is checked again: its name may mean another address by now. */
  private async deliver({ id = '', data }: QueuedJob<Message>): Promise<void> {
    const { secret, timeoutMs } = this.settings;
    const { url, address } = await this.targets.check(data.url);
    const { payload } = data;
    const headers = signatureHeaders(secret, { id, timestamp: this.parts.now(), payload });
    const status = await postMessage({ url, address, headers, payload, timeoutMs });
    if (status === GONE) throw new this.parts.peers.UnrecoverableError(`the receiver answered ${status}`);
    if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
    this.parts.delivered('delivered');
  }

  private failed({ id = '', attemptsMade, finishedOn }: QueuedJob<Message>, { message }: Error): void {
    const isDead = finishedOn !== undefined;
    this.parts.delivered(isDead ? 'dead' : 'failed');
    if (!isDead) return;
    this.parts.log.log('warning', `the webhook of job ${id} was given up after ${attemptsMade} tries: ${message}`);
  }
}
