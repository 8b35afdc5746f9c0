import {
  choice,
  daemonList,
  integer,
  nameList,
  readinessCheckList,
  sharedMemory,
  text,
  toggle,
} from './option-kinds.js';
import { remote } from './remote-option-kind.js';
import { DEFAULT_SHARED_MEMORY } from './shared-memory-options.interface.js';
import { type OptionKind } from './option-kind.js';
import { type OptionKey, type OptionValues } from './resolved-options.interface.js';

export interface OptionRow<T> {
  readonly kind: OptionKind<NonNullable<T>>;
  readonly default: T;
  /** One line for `--help`. */
  readonly help: string;
  /** Flag without its dashes; absent for what is only set in code. */
  readonly flag?: string;
  readonly variable?: string;
}

type OptionTable = { readonly [K in OptionKey]-?: OptionRow<OptionValues[K]> };

/** The longest time that a timer of Node can wait for. */
const LONGEST_MS = 2 ** 31 - 1;
/** Payload lengths travel as 32-bit numbers. */
const LARGEST_BYTES = 2 ** 31 - 1;
const MOST_WAITING = 10_000_000;
/** A page with more lines than this is none that a Prometheus would take. */
const MOST_SERIES = 1_000_000;

const milliseconds = (min: number): OptionKind<number> =>
  integer({ min, max: LONGEST_MS, unit: 'milliseconds', placeholder: 'MS' });

/** The one list of options: flags, variables, validation, help and `docs/configuration.md` follow it. */
export const OPTION_TABLE: OptionTable = {
  address: {
    kind: text('an address or host name without spaces', 'HOST', /^\S+$/),
    default: '0.0.0.0',
    help: 'address to listen on',
    flag: 'address',
    variable: 'MOSEC_ADDRESS',
  },
  port: {
    kind: integer({ min: 0, max: 65_535, placeholder: 'PORT' }),
    default: 8000,
    help: 'port to listen on; 0 takes any free port',
    flag: 'port',
    variable: 'MOSEC_PORT',
  },
  timeoutMs: {
    kind: milliseconds(1),
    default: 3000,
    help: 'time for a request over all stages',
    flag: 'timeout',
    variable: 'MOSEC_TIMEOUT',
  },
  capacity: {
    kind: integer({ min: 1, max: MOST_WAITING, placeholder: 'ITEMS' }),
    default: 1024,
    help: 'items that may wait before each stage',
    flag: 'capacity',
    variable: 'MOSEC_CAPACITY',
  },
  waitMs: {
    kind: milliseconds(0),
    default: 10,
    help: 'default of maxWaitMs: hold of a partial batch',
    flag: 'wait',
    variable: 'MOSEC_WAIT',
  },
  namespace: {
    kind: text('letters, digits and "_", not starting with a digit', 'NAME', /^[a-zA-Z_][a-zA-Z0-9_]*$/),
    default: 'mosec_service',
    help: 'prefix of the metric names',
    flag: 'namespace',
    variable: 'MOSEC_NAMESPACE',
  },
  path: {
    kind: text('the path of a folder', 'FOLDER', /\S/),
    default: undefined,
    help: 'folder for files of the running server',
    flag: 'path',
    variable: 'MOSEC_PATH',
  },
  maxRequestSizeBytes: {
    kind: integer({ min: 1, max: LARGEST_BYTES, unit: 'bytes', placeholder: 'BYTES' }),
    default: 10_485_760,
    help: 'largest request body',
    flag: 'max-request-size',
    variable: 'MOSEC_MAX_REQUEST_SIZE',
  },
  maxPendingBytes: {
    kind: integer({ min: 1, max: Number.MAX_SAFE_INTEGER, unit: 'bytes', placeholder: 'BYTES' }),
    default: 1_073_741_824,
    help: 'payload bytes held for unanswered requests',
  },
  minUploadBytesPerSecond: {
    kind: integer({ min: 0, max: LARGEST_BYTES, unit: 'bytes', placeholder: 'BYTES' }),
    default: 1024,
    help: 'slowest upload that is accepted',
  },
  compression: {
    kind: toggle(),
    default: false,
    help: 'take compressed bodies, compress answers',
    flag: 'compression',
    variable: 'MOSEC_COMPRESSION',
  },
  compressionThresholdBytes: {
    kind: integer({ min: 0, max: LARGEST_BYTES, unit: 'bytes', placeholder: 'BYTES' }),
    default: 1024,
    help: 'smallest answer that is compressed',
  },
  logLevel: {
    kind: choice('LEVEL', ['debug', 'info', 'warning', 'error']),
    default: 'info',
    help: 'log level: debug, info, warning or error',
    flag: 'log-level',
    variable: 'MOSEC_LOG_LEVEL',
  },
  logFormat: {
    kind: choice('FORMAT', ['auto', 'json', 'pretty']),
    default: 'auto',
    help: 'how to log: json, pretty, auto',
    flag: 'log-format',
    variable: 'MOSEC_LOG_FORMAT',
  },
  debug: {
    kind: toggle(),
    default: false,
    help: 'short for --log-level debug',
    flag: 'debug',
    variable: 'MOSEC_DEBUG',
  },
  dryRun: {
    kind: toggle(),
    default: false,
    help: 'start the workers, run every example, end',
    flag: 'dry-run',
    variable: 'MOSEC_DRY_RUN',
  },
  drainTimeoutMs: {
    kind: milliseconds(0),
    default: 30_000,
    help: 'time for requests in flight at the stop',
    flag: 'drain-timeout',
    variable: 'MOSEC_DRAIN_TIMEOUT',
  },
  tracing: {
    kind: toggle(),
    default: false,
    help: 'spans of requests, by @opentelemetry/api',
    flag: 'tracing',
    variable: 'MOSEC_TRACING',
  },
  timingHeaders: {
    kind: toggle(),
    default: false,
    help: 'answers tell their times at each stage',
    flag: 'timing-headers',
    variable: 'MOSEC_TIMING_HEADERS',
  },
  statusPage: {
    kind: toggle(),
    default: undefined,
    help: 'status page at /mosec; not in production',
    flag: 'status-page',
    variable: 'MOSEC_STATUS_PAGE',
  },
  maxWorkerSeries: {
    kind: integer({ min: 0, max: MOST_SERIES, placeholder: 'SERIES' }),
    default: 1000,
    help: 'most series of metrics of one worker; 0: none are asked for',
  },
  errorFormat: {
    kind: choice('FORMAT', ['json', 'text']),
    default: 'json',
    help: 'body of an error answer',
  },
  daemons: {
    kind: daemonList(),
    default: [],
    help: 'processes that run beside the stages',
  },
  sharedMemory: {
    kind: sharedMemory(),
    default: DEFAULT_SHARED_MEMORY,
    help: 'shared memory for payloads',
  },
  streamTimeoutMs: {
    kind: milliseconds(0),
    default: 0,
    help: 'time for a stream as a whole; 0: no limit',
  },
  streamIdleTimeoutMs: {
    kind: milliseconds(0),
    default: 60_000,
    help: 'time between two events of a stream; 0: no limit',
  },
  keepAliveMs: {
    kind: milliseconds(0),
    default: 5000,
    help: 'silence on a stream until a comment is sent; 0: none',
  },
  slowClientTimeoutMs: {
    kind: milliseconds(0),
    default: 30_000,
    help: 'time until a client is dropped that does not read its stream; 0: never',
  },
  startAttempts: {
    kind: integer({ min: 1, max: 1000, placeholder: 'TIMES' }),
    default: 3,
    help: 'failed starts of a worker in a row until the server gives up',
  },
  hungMs: {
    kind: milliseconds(1),
    default: 10_000,
    help: 'time until a worker is replaced whose batch nobody waits for any more',
  },
  killGraceMs: {
    kind: milliseconds(0),
    default: 1000,
    help: 'time between asking a worker to end and killing it',
  },
  role: {
    kind: choice('ROLE', ['gateway', 'worker']),
    default: 'gateway',
    help: 'gateway, or worker: a host of remote stages',
    flag: 'role',
    variable: 'MOSEC_ROLE',
  },
  hostedStages: {
    kind: nameList(),
    default: [],
    help: 'stages that a worker host runs; default: all',
    flag: 'stages',
    variable: 'MOSEC_STAGES',
  },
  remote: {
    kind: remote(),
    default: false,
    help: 'the Redis of stages that run on worker hosts',
  },
  readinessChecks: {
    kind: readinessCheckList(),
    default: [],
    help: 'what has to be there besides the stages for the server to be ready',
  },
};

export const OPTION_KEYS = Object.keys(OPTION_TABLE) as readonly OptionKey[];
