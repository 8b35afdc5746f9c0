import { Writable } from 'node:stream';
import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import { Logger as PinoLogger, LoggerModule, NativeLogger, PinoLogger as Inner } from 'nestjs-pino';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApplicationLogger } from './application-logger.js';
import { NestLogSink } from './nest-log-sink.js';

const before = ApplicationLogger.current;
afterEach(() => {
  Logger.overrideLogger(before);
  vi.restoreAllMocks();
});

const FIELDS = { requestId: 'r-1', traceId: undefined, stage: 'Work', worker: 2, code: 'INTERNAL' };
const SEEN = { requestId: 'r-1', stage: 'Work', worker: 2, code: 'INTERNAL', context: 'Work#2' };

/** What a logger writes as a line with fields, as JSON. */
function written(logger: LoggerService, stream: 'stdout' | 'stderr', lines: string[] = []): Record<string, unknown> {
  vi.spyOn(process[stream], 'write').mockImplementation((text) => Boolean(lines.push(String(text))));
  Logger.overrideLogger(logger);
  new NestLogSink().log('error', 'no model', 'Work#2', FIELDS);
  vi.restoreAllMocks();
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

/** nestjs-pino has one root logger per process. */
const PINO_LINES: string[] = [];
const stream = new Writable({
  write(chunk, _encoding, done) {
    PINO_LINES.push(String(chunk));
    done();
  },
});

async function pino(Native: typeof PinoLogger | typeof NativeLogger) {
  PINO_LINES.length = 0;
  const module = LoggerModule.forRoot({ pinoHttp: [{ level: 'debug' }, stream] });
  const ref = await Test.createTestingModule({ imports: [module] }).compile();
  await ref.resolve(Inner);
  return { lines: PINO_LINES, logger: ref.get<LoggerService>(Native) };
}

describe('when the engine logs a line with fields', () => {
  it('should make them members of the line of a JSON ConsoleLogger', () => {
    const line = written(new ConsoleLogger({ json: true, flattenParams: true }), 'stderr');
    expect(line).toMatchObject({ ...SEEN, level: 'error', message: 'no model' });
    expect(line).not.toHaveProperty('traceId');
  });

  it('should make them params of a ConsoleLogger of the user', () => {
    const { context, ...params } = SEEN;
    expect(written(new ConsoleLogger({ json: true }), 'stderr')).toMatchObject({ context, params });
  });

  it('should make them members of the line of nestjs-pino', async () => {
    const { logger, lines } = await pino(PinoLogger);
    expect(written(logger, 'stdout', lines)).toMatchObject({ ...SEEN, level: 50, msg: 'no model' });
  });

  it('should make them params of the native logger of nestjs-pino', async () => {
    const { logger, lines } = await pino(NativeLogger);
    const { context, ...params } = SEEN;
    expect(written(logger, 'stdout', lines)).toMatchObject({ context, params, level: 50, msg: 'no model' });
  });

  it('should give them to another logger behind the message', () => {
    const logger = { log: vi.fn(), error: vi.fn(), warn: vi.fn() };
    Logger.overrideLogger(logger);
    const sink = new NestLogSink();
    sink.log('warning', 'hot', 'Work#2', { worker: 2 });
    sink.log('info', 'ready');
    sink.log('debug', 'unseen, as the logger has no such method');
    expect(logger.warn).toHaveBeenCalledWith('hot', { worker: 2 }, 'Work#2');
    expect(logger.log).toHaveBeenCalledWith('ready', 'Mosec');
  });
});
