import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MosecError } from '#libs/contracts';
import { AsyncJobs, type JobRecord } from '#libs/jobs';
import type { ResolvedOptions } from '../config/resolved-options.interface.js';
import type { PipelineClass } from '../decorators/pipeline-types.js';
import { getPipelineStream } from '../decorators/pipeline-stream.js';
import { getRoutes } from '../decorators/route.decorator.js';
import type { JobDoor } from '../http/job-door.interface.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { LimitedLog } from '../logging/limited-log.js';
import { NestLogSink } from '../logging/nest-log-sink.js';
import { monotonicNow } from '../mosec.clock.js';
import { MosecRegistry } from '../mosec.registry.js';
import { RESOLVED_OPTIONS } from '../mosec.tokens.js';
import { describeJob } from './describe-job.js';
import type { JobDescription } from './job-description.interface.js';
import type { JobsOptions } from './jobs-options.interface.js';
import { JOBS_PATH } from './jobs-path.js';
import { JOBS_DEFAULTS, jobsSettings } from './jobs-settings.js';
import { JOBS_OPTIONS } from './jobs-token.js';
import { PipelineJobDoor } from './pipeline-job-door.js';
import { PipelineSite } from './pipeline-site.js';
import { webhookMessage } from './webhook-message.js';

/** Jobs that still run go back to the queue this long before the drain timeout, in milliseconds. */
const HAND_BACK_MS = 500;
/** Time for the last words to Redis, in milliseconds. */
const LAST_WORDS_MS = 3_000;

/** The asynchronous jobs of an application, from start to stop. */
@Injectable()
export class JobsRuntime {
  private composed?: AsyncJobs;
  private handBack?: NodeJS.Timeout;
  private readonly streams = new Set<{ finish(): void }>();

  constructor(
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    @Inject(RESOLVED_OPTIONS) private readonly resolved: ResolvedOptions,
    private readonly registry: MosecRegistry,
  ) {}

  /** @throws MosecConfigurationError that says what to install */
  get jobs(): AsyncJobs {
    return (this.composed ??= this.compose());
  }

  get unreadyReason(): string | undefined {
    return this.composed?.unreadyReason;
  }

  /** Path of the jobs, with the global prefix of the application. */
  get path(): string {
    const prefix = this.registry.applicationConfig.getGlobalPrefix().replace(/^\/|\/$/g, '');
    return prefix === '' ? JOBS_PATH : `/${prefix}${JOBS_PATH}`;
  }

  get keepAliveMs(): number {
    return this.resolved.keepAliveMs;
  }

  describe(record: JobRecord): JobDescription {
    return describeJob(record, this.path);
  }

  /** Where the requests of a pipeline become jobs; streams do not. */
  door(pipelineClass: PipelineClass): JobDoor | undefined {
    const lane = laneOf(pipelineClass);
    if (lane === undefined) return undefined;
    const { options } = this;
    return new PipelineJobDoor(getRoutes(pipelineClass)?.options.async === 'always', {
      timeoutMs: options.timeoutMs ?? JOBS_DEFAULTS.timeoutMs,
      owner: (request) => this.ownerOf(request),
      hasWebhooks: options.webhook !== undefined,
      stages: () => this.registry.pipeline(pipelineClass).stages,
      accept: (order, body, idempotency) => this.jobs.accept(lane, order, body, idempotency),
      answer: (record) => ({ location: `${this.path}/${record.id}`, description: this.describe(record) }),
    });
  }

  ownerOf(request: object): string | undefined {
    return this.options.owner?.(request as never);
  }

  /** Without a guard, owners are compared; without owners, the id is all that it takes. */
  mayUse(record: JobRecord, request: FastifyRequest): boolean {
    const { guard, owner } = this.options;
    return guard !== undefined || owner === undefined || record.owner === this.ownerOf(request);
  }

  /** Ends with the server, which waits for its connections. */
  addStream<T extends { finish(): void; once(event: 'close', listener: () => void): unknown }>(stream: T): T {
    this.streams.add(stream);
    stream.once('close', () => this.streams.delete(stream));
    return stream;
  }

  /** Connects, and runs jobs as soon as every stage has a ready replica. */
  start(): void {
    this.jobs.open();
    this.registry.engine.whenReady().then(
      () => this.jobs.start(),
      () => undefined,
    );
  }

  /** Takes no more jobs; those that run go back to the queue shortly before `timeoutMs` is over. */
  drain(timeoutMs: number): void {
    for (const stream of this.streams) stream.finish();
    this.composed?.drain();
    if (timeoutMs <= HAND_BACK_MS) this.composed?.handBack();
    else this.handBack = setTimeout(() => this.composed?.handBack(), timeoutMs - HAND_BACK_MS);
  }

  async close(): Promise<void> {
    clearTimeout(this.handBack);
    await this.composed?.close(LAST_WORDS_MS);
  }

  private compose(): AsyncJobs {
    const { engine } = this.registry;
    const { metrics } = engine;
    const log = new LimitedLog(new NestLogSink(), () => this.resolved.logLevel === 'debug', monotonicNow);
    const settings = jobsSettings(this.options);
    const jobs = loaded(settings, {
      now: () => Date.now(),
      clock: monotonicNow,
      log,
      refused: (reason) =>
        engine.health.fail(
          `Redis at "${settings.redis.address}" refuses the login of forRoot({ jobs }) (${reason}): ` +
            'correct user and password in its url',
        ),
      ended: ({ route }, error) => metrics.jobs.counted(route, error ? 'failed' : 'succeeded'),
      counted: (route, event) => metrics.jobs.counted(route, event),
      delivered: (outcome) => metrics.jobs.delivered(outcome),
      message: (record) => webhookMessage(this.describe(record)),
    });
    for (const pipelineClass of this.registry.pipelines) {
      const lane = laneOf(pipelineClass);
      if (lane === undefined) continue;
      jobs.addSite(lane, new PipelineSite(engine, engine.pipeline(pipelineClass), this.resolved.errorFormat));
    }
    metrics.showJobs(() => jobs.usages);
    return jobs;
  }
}

/** The first path of a pipeline that does not stream names its queue. */
function laneOf(pipelineClass: PipelineClass): string | undefined {
  return getPipelineStream(pipelineClass) ? undefined : getRoutes(pipelineClass)?.paths[0];
}

function loaded(...parts: ConstructorParameters<typeof AsyncJobs>): AsyncJobs {
  try {
    return new AsyncJobs(...parts);
  } catch (cause) {
    if (cause instanceof MosecError) throw cause;
    throw new MosecConfigurationError((cause as Error).message, { cause });
  }
}
