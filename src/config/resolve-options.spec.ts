import { describe, expect, it } from 'vitest';
import { ConfigurationValueError } from './configuration-value.error.js';
import { type MosecModuleOptions } from './mosec-module-options.interface.js';
import { OPTION_KEYS, OPTION_TABLE } from './option-table.js';
import { parseFlags } from './parse-flags.js';
import { type OptionSources, resolveOptions } from './resolve-options.js';

function problemsOf(sources: OptionSources): readonly string[] {
  try {
    resolveOptions(sources);
  } catch (error) {
    if (error instanceof ConfigurationValueError) return error.problems;
    throw error;
  }
  return [];
}

describe('when nothing is configured', () => {
  it('should give the documented defaults', () => {
    expect(resolveOptions({})).toEqual({
      address: '0.0.0.0',
      port: 8000,
      timeoutMs: 3000,
      capacity: 1024,
      waitMs: 10,
      namespace: 'mosec_service',
      path: undefined,
      maxRequestSizeBytes: 10_485_760,
      logLevel: 'info',
      logFormat: 'auto',
      dryRun: false,
      drainTimeoutMs: 30_000,
      maxPendingBytes: 1_073_741_824,
      minUploadBytesPerSecond: 1024,
      compression: false,
      compressionThresholdBytes: 1024,
      tracing: false,
      timingHeaders: false,
      statusPage: true,
      maxWorkerSeries: 1000,
      errorFormat: 'json',
      daemons: [],
      sharedMemory: { sizeBytes: 536_870_912, thresholdBytes: 4096 },
      streamTimeoutMs: 0,
      streamIdleTimeoutMs: 60_000,
      keepAliveMs: 5000,
      slowClientTimeoutMs: 30_000,
      startAttempts: 3,
      hungMs: 10_000,
      killGraceMs: 1000,
      role: 'gateway',
      hostedStages: [],
      remote: false,
      readinessChecks: [],
    });
  });

  it.each([
    ['production', undefined, false],
    ['production', true, true],
    ['test', undefined, true],
    ['test', false, false],
  ])('should have the status page where NODE_ENV is %s and statusPage %s: %s', (mode, statusPage, isOn) => {
    expect(resolveOptions({ env: { NODE_ENV: mode }, options: { statusPage } }).statusPage).toBe(isOn);
  });

  it('should give an object that cannot be changed', () => {
    expect(Object.isFrozen(resolveOptions({}))).toBe(true);
  });

  it('should have defaults that pass their own check', () => {
    for (const key of OPTION_KEYS) {
      const { kind, default: value } = OPTION_TABLE[key];
      if (value !== undefined) expect(kind.fromValue(value), key).toBe(value);
    }
  });
});

describe('when several sources set one option', () => {
  const flags = parseFlags(['--port', '1']);
  const env = { MOSEC_PORT: '2' };
  const options = { port: 3 };

  it('should prefer the flag to all others', () => {
    expect(resolveOptions({ flags, env, options }).port).toBe(1);
  });

  it('should prefer the variable to forRoot', () => {
    expect(resolveOptions({ env, options }).port).toBe(2);
  });

  it('should prefer forRoot to the default', () => {
    expect(resolveOptions({ env: {}, options }).port).toBe(3);
  });

  it('should count an empty variable and an undefined option as not set', () => {
    expect(resolveOptions({ env: { MOSEC_PORT: '' }, options: { port: undefined } }).port).toBe(8000);
  });

  it('should keep a zero and a false of the more important source', () => {
    const resolved = resolveOptions({
      flags: parseFlags(['--wait=0', '--dry-run=false']),
      env: { MOSEC_DRY_RUN: '1' },
    });
    expect(resolved).toMatchObject({ waitMs: 0, dryRun: false });
  });
});

describe('when every flag or every variable is set', () => {
  const spelled = {
    address: '127.0.0.1',
    port: 9000,
    timeoutMs: 1,
    capacity: 2,
    waitMs: 0,
    namespace: 'mine',
    path: '/srv/run',
    maxRequestSizeBytes: 3,
    logLevel: 'error',
    logFormat: 'pretty',
    dryRun: true,
    drainTimeoutMs: 0,
  } as const;
  const keys = Object.keys(spelled) as (keyof typeof spelled)[];

  it('should read every flag', () => {
    const argv = keys.map((key) => `--${OPTION_TABLE[key].flag}=${spelled[key]}`);
    expect(resolveOptions({ flags: parseFlags(argv) })).toMatchObject(spelled);
  });

  it('should read every variable', () => {
    const env = Object.fromEntries(keys.map((key) => [OPTION_TABLE[key].variable ?? '', String(spelled[key])]));
    expect(resolveOptions({ env })).toMatchObject(spelled);
  });

  it('should read every option of forRoot', () => {
    const options: MosecModuleOptions = {
      ...spelled,
      maxPendingBytes: 5,
      minUploadBytesPerSecond: 0,
      compression: true,
      compressionThresholdBytes: 0,
      tracing: true,
      timingHeaders: true,
      statusPage: false,
      maxWorkerSeries: 0,
      errorFormat: 'text' as const,
      daemons: [{ name: 'cache', command: 'redis-server', args: ['--port', '7000'] }],
      sharedMemory: false,
      streamTimeoutMs: 1,
      streamIdleTimeoutMs: 2,
      keepAliveMs: 3,
      slowClientTimeoutMs: 4,
      startAttempts: 1,
      hungMs: 500,
      killGraceMs: 0,
      role: 'worker' as const,
      hostedStages: ['Detect', 'Recognise'],
      remote: { redis: 'redis://cache', prefix: 'p', stages: ['Detect'], stalledMs: 2_000 },
      readinessChecks: [{ name: 'database', check: () => true, timeoutMs: 100 }],
    };
    expect(resolveOptions({ options })).toEqual(options);
  });
});

describe('when a value that may hold a password is bad', () => {
  it('should not repeat it', () => {
    const options: MosecModuleOptions = { remote: { redis: 'redis://:secret@host', stalledMs: 1 } };
    expect(() => resolveOptions({ options })).toThrow('forRoot({ remote }) is not usable: use');
    expect(() => resolveOptions({ options })).not.toThrow('secret');
  });
});

describe('when debug is set', () => {
  it.each([
    ['--debug with --log-level', { flags: parseFlags(['--debug', '--log-level', 'error']) }, 'debug'],
    ['MOSEC_DEBUG=1', { env: { MOSEC_DEBUG: '1' } }, 'debug'],
    [
      'MOSEC_DEBUG=true over a forRoot level',
      { env: { MOSEC_DEBUG: 'true' }, options: { logLevel: 'error' } },
      'debug',
    ],
    ['forRoot({ debug: true })', { options: { debug: true } }, 'debug'],
    ['MOSEC_DEBUG=false', { env: { MOSEC_DEBUG: 'false' } }, 'info'],
    ['MOSEC_DEBUG=0 over a forRoot debug', { env: { MOSEC_DEBUG: '0' }, options: { debug: true } }, 'info'],
    [
      'MOSEC_DEBUG under a --log-level',
      { flags: parseFlags(['--log-level=error']), env: { MOSEC_DEBUG: '1' } },
      'error',
    ],
  ] satisfies [string, OptionSources, string][])('should log by level for %s', (_, sources: OptionSources, level) => {
    expect(resolveOptions(sources).logLevel).toBe(level);
  });

  it('should leave no shorthand in the result', () => {
    expect(resolveOptions({ options: { debug: true } })).not.toHaveProperty('debug');
  });
});

describe('when values are bad', () => {
  it('should name source, value and what is accepted, for every bad value at once', () => {
    const problems = problemsOf({
      flags: parseFlags(['--port', '70000', '--wait', '-1']),
      env: { MOSEC_PORT: 'abc', MOSEC_LOG_LEVEL: 'loud', MOSEC_DEBUG: 'yes', MOSEC_NAMESPACE: '1st' },
      options: { timeoutMs: 0.5, errorFormat: 'xml' as 'text' },
    });
    expect(problems).toEqual([
      '--port is "70000": use a whole number from 0 to 65535.',
      'MOSEC_PORT is "abc": use a whole number from 0 to 65535.',
      'forRoot({ timeoutMs }) is 0.5: use a whole number of milliseconds from 1 to 2147483647.',
      '--wait is "-1": use a whole number of milliseconds from 0 to 2147483647.',
      'MOSEC_NAMESPACE is "1st": use letters, digits and "_", not starting with a digit.',
      'MOSEC_LOG_LEVEL is "loud": use "debug", "info", "warning" or "error".',
      'MOSEC_DEBUG is "yes": use true, false, 1 or 0.',
      'forRoot({ errorFormat }) is "xml": use "json" or "text".',
    ]);
  });

  it('should refuse a bad value even where a better source overrules it', () => {
    expect(problemsOf({ flags: parseFlags(['--port=1']), env: { MOSEC_PORT: 'x' } })).toHaveLength(1);
  });

  it.each(['', ' 1', '1e3', '1.0', '+1', '0x10', '99999999999999999999'])(
    'should refuse --capacity "%s"',
    (spelled) => {
      expect(problemsOf({ flags: { help: false, version: false, values: { capacity: spelled } } })).toEqual([
        `--capacity is "${spelled}": use a whole number from 1 to 10000000.`,
      ]);
    },
  );

  it.each([
    ['"8000"', '8000'],
    ['null', null],
    ['NaN', Number.NaN],
    ['[]', []],
  ])('should refuse forRoot({ port: %s })', (shown, port) => {
    expect(problemsOf({ options: { port: port as number } })).toEqual([
      `forRoot({ port }) is ${shown}: use a whole number from 0 to 65535.`,
    ]);
  });

  it('should refuse names of Object.prototype as a switch', () => {
    expect(problemsOf({ env: { MOSEC_DRY_RUN: 'constructor' } })).toHaveLength(1);
  });

  it('should list all problems in the message, one a line', () => {
    const error = new ConfigurationValueError(['one.', 'two.']);
    expect(error).toMatchObject({ name: 'ConfigurationValueError', message: 'one.\ntwo.' });
  });
});
