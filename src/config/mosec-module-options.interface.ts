import { type LogLevel } from '#libs/contracts';
import { type DaemonOptions } from './daemon-options.interface.js';
import { type ReadinessCheck } from './readiness-check.interface.js';
import type { RemoteOptions } from '#libs/remote';
import { type SharedMemoryOptions } from './shared-memory-options.interface.js';

/**
 * Options of `MosecModule.forRoot()`. A flag of the command line wins over a `MOSEC_*` variable, which wins over the
 * option given here, which wins over the default. A value that is out of range is refused at start.
 * @publicApi
 */
export interface MosecModuleOptions {
  /**
   * Address or host name to listen on.
   * @default '0.0.0.0'
   */
  address?: string;

  /**
   * TCP port to listen on, 0 to 65535; 0 takes any free port.
   * @default 8000
   */
  port?: number;

  /**
   * Time in milliseconds that a request may take over all stages, waiting included; after it the answer is 408.
   * @default 3000
   */
  timeoutMs?: number;

  /**
   * Items that may wait in the queue of each stage; a request beyond it is answered 429.
   * @default 1024
   */
  capacity?: number;

  /**
   * Time in milliseconds that a partial batch is held at most, for stages without a `maxWaitMs` of their own.
   * @default 10
   */
  waitMs?: number;

  /**
   * Prefix of the metric names: letters, digits and `_`, not starting with a digit.
   * @default 'mosec_service'
   */
  namespace?: string;

  /**
   * Folder for files that exist only while the server runs.
   * @default a new folder in the temporary directory, made only when a file is needed
   */
  path?: string;

  /**
   * Largest request body in bytes, before and after decompression; a larger one is answered 413.
   * @default 10485760
   */
  maxRequestSizeBytes?: number;

  /**
   * Payload bytes that the gateway holds at most for unanswered requests: bodies, values between stages, answers that
   * were not sent yet. A request beyond it is answered 503 before its body is read.
   * @default 1073741824
   */
  maxPendingBytes?: number;

  /**
   * Bytes per second that an upload must bring on average once it has lasted 5 seconds; a slower one is answered 408.
   * 0 lets any upload take its time.
   * @default 1024
   */
  minUploadBytesPerSecond?: number;

  /**
   * Takes compressed request bodies and compresses answers, on pipeline routes: gzip, deflate, br, and zstd where Node
   * has it. Size limits hold for the decompressed body too. Without it a compressed body is answered 415.
   * @default false
   */
  compression?: boolean;

  /**
   * Smallest answer in bytes that is compressed.
   * @default 1024
   */
  compressionThresholdBytes?: number;

  /**
   * Least severe level that is logged.
   * @default 'info'
   */
  logLevel?: LogLevel;

  /**
   * How the logger of `MosecFactory` writes: one JSON object per line, or for people. `'auto'` writes for people on a
   * terminal, and JSON elsewhere. A logger of your own writes as it does.
   * @default 'auto'
   */
  logFormat?: 'auto' | 'json' | 'pretty';

  /**
   * Short for `logLevel: 'debug'`; given in the same place, it wins over `logLevel`.
   * @default false
   */
  debug?: boolean;

  /**
   * Starts the workers, runs every example, and ends instead of serving.
   * @default false
   */
  dryRun?: boolean;

  /**
   * Time in milliseconds that requests in flight get to finish when the server stops.
   * @default 30000
   */
  drainTimeoutMs?: number;

  /**
   * Makes spans of requests, their waits, batches and calls of stages, by the package `@opentelemetry/api` and the SDK
   * that the application has started. Without it nothing of that is loaded.
   * @default false
   */
  tracing?: boolean;

  /**
   * Answers of pipeline routes tell how the request fared at each stage, in the headers `X-Mosec-Stage`,
   * `X-Mosec-Queue-Ms`, `X-Mosec-Batch-Size` and `X-Mosec-Compute-Ms`: one entry per stage, in order, with commas between.
   * @default false
   */
  timingHeaders?: boolean;

  /**
   * Serves a page at `/mosec` that shows the pipelines as they run, with a form for each route. Anyone who reaches the
   * server may open it.
   * @default true, and false where `NODE_ENV` is `production`
   */
  statusPage?: boolean;

  /**
   * Most series of metrics that one worker may have on `/metrics`; what is more is left out, with a warning. 0 asks the
   * workers for none.
   * @default 1000
   */
  maxWorkerSeries?: number;

  /**
   * Body of an error answer: JSON in the shape of Nest, or the plain text of mosec.
   * @default 'json'
   */
  errorFormat?: 'json' | 'text';

  /**
   * Processes that the stages need beside them, started before the stages and stopped after them. One that ends by
   * itself stops the server with a failure.
   * @default []
   */
  daemons?: readonly DaemonOptions[];

  /**
   * Shared memory for payloads between the server and its workers, or `false` for none. It needs Linux and the package
   * `koffi`; without them payloads travel through sockets.
   * @default { sizeBytes: 536870912, thresholdBytes: 4096 }
   */
  sharedMemory?: SharedMemoryOptions | false;

  /**
   * Time in milliseconds that a stream may take as a whole; after it comes an error event. 0: no limit. The time to its
   * first event is limited by `timeoutMs`.
   * @default 0
   */
  streamTimeoutMs?: number;

  /**
   * Time in milliseconds that may pass between two events of a stream, the client being ready to read; after it comes an
   * error event. 0: no limit.
   * @default 60000
   */
  streamIdleTimeoutMs?: number;

  /**
   * Silence in milliseconds after which a comment is sent on a stream, so that proxies keep it open and a client that
   * has gone is noticed. 0: none.
   * @default 5000
   */
  keepAliveMs?: number;

  /**
   * Time in milliseconds after which the connection of a client is closed that does not read its stream. 0: never.
   * @default 30000
   */
  slowClientTimeoutMs?: number;

  /**
   * Starts of a worker that may fail in a row, before it was ever ready, until the server gives up.
   * @default 3
   */
  startAttempts?: number;

  /**
   * Time in milliseconds after which a worker is replaced when every item of its batch is already answered (expired,
   * cancelled) and it still has not returned.
   * @default 10000
   */
  hungMs?: number;

  /**
   * Time in milliseconds between asking a worker to end and killing it.
   * @default 1000
   */
  killGraceMs?: number;

  /**
   * What has to be there besides the stages for `/readyz` to say that the server is ready, e.g. a database. They are
   * asked at each request for `/readyz`, all at the same time, each with a time limit.
   * @default []
   */
  readinessChecks?: readonly ReadinessCheck[];

  /**
   * Where stages with `placement: 'remote'`, and those that it names itself, find their worker hosts. Needs the packages
   * `bullmq` and `ioredis`.
   * @default false: every stage runs here
   */
  remote?: RemoteOptions | false;

  /**
   * What this process is to be: `gateway` takes requests; `worker` runs `hostedStages` for gateways elsewhere and serves
   * nothing but health and metrics.
   * @default 'gateway'
   */
  role?: 'gateway' | 'worker';

  /**
   * With `role: 'worker'`: names of the stages that run here, as in logs and metrics.
   * @default [], which are all that are remote
   */
  hostedStages?: readonly string[];
}
