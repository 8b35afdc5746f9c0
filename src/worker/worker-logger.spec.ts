import { describe, expect, it, vi } from 'vitest';
import type { LogLevel } from '#libs/contracts';
import { WorkerLogger } from './worker-logger.js';

/** What a logger at this level sends when `write` has written to it. */
function sentBy(write: (logger: WorkerLogger) => void, level: LogLevel = 'debug'): string[] {
  const sent: string[] = [];
  write(new WorkerLogger({ level, log: (at, message) => sent.push(`${at}: ${message}`) }));
  return sent;
}

const writeAll = (logger: WorkerLogger): void => {
  for (const method of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) logger[method](method);
};

describe('when something is logged in a worker', () => {
  it('should have the level of the gateway', () => {
    expect(sentBy(writeAll)).toEqual([
      'debug: verbose',
      'debug: debug',
      'info: log',
      'warning: warn',
      'error: error',
      'error: fatal',
    ]);
  });

  it.each<[LogLevel, number]>([
    ['debug', 6],
    ['info', 4],
    ['warning', 3],
    ['error', 2],
  ])('should be sent from level %s on', (level, count) => {
    expect(sentBy(writeAll, level)).toHaveLength(count);
  });

  it('should have its context in front, and a stack below', () => {
    expect(sentBy((logger) => logger.log('loaded', 'Model'))).toEqual(['info: [Model] loaded']);
    expect(sentBy((logger) => logger.error('failed', 'Error: at x', 'Model'))).toEqual([
      'error: [Model] failed\nError: at x',
    ]);
    expect(sentBy((logger) => logger.error('failed', undefined, 'Model'))).toEqual(['error: [Model] failed']);
  });

  it('should send plain objects as fields, and what cannot travel as text', () => {
    const log = vi.fn();
    const logger = new WorkerLogger({ level: 'info', log });
    logger.warn('slow', { model: 'a' }, { ms: 7 }, 'Model');
    logger.error('failed', { code: 7n }, new Error('no'));
    expect(log).toHaveBeenNthCalledWith(1, 'warning', '[Model] slow', { model: 'a', ms: 7 });
    expect(log).toHaveBeenNthCalledWith(2, 'error', expect.stringContaining('[object Object]\nError: no'), undefined);
  });

  it('should follow the level as it changes', () => {
    const to = { level: 'warning' as LogLevel, log: vi.fn() };
    const logger = new WorkerLogger(to);
    logger.debug('unseen');
    to.level = 'debug';
    logger.debug('seen');
    expect(to.log.mock.calls).toEqual([['debug', 'seen', undefined]]);
  });

  it('should say of a container no more than at level debug', () => {
    const build = (logger: WorkerLogger): void => {
      logger.log('StageModule dependencies initialized', 'InstanceLoader');
      logger.error('no such provider', 'InstanceLoader');
    };
    expect(sentBy(build, 'info')).toEqual(['error: [InstanceLoader] no such provider']);
    expect(sentBy(build)[0]).toBe('debug: [InstanceLoader] StageModule dependencies initialized');
  });

  it('should write down anything that is logged', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const error = new Error('no');
    error.stack = 'Error: no\n at x';
    const texts = [{ a: 1 }, [1], 7, null, error, cycle, 1n, Symbol('s')].flatMap((part) =>
      sentBy((logger) => logger.log(part)),
    );
    expect(texts).toEqual(
      ['{"a":1}', '[1]', '7', 'null', 'Error: no\n at x', '[object Object]', '1', 'Symbol(s)'].map((t) => `info: ${t}`),
    );
  });
});
