import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ByteBudget, type Pipeline } from '#libs/pipeline';
import { MosecEngine, type EngineParts } from './mosec.engine.js';
import { EngineHealth } from './mosec.health.js';

class EchoPipeline {}
class SumPipeline {}

/** An engine of two stages and two pipelines with one request open in each, and one daemon. */
function engineOf(withRedis = false) {
  const events: string[] = [];
  const health = new EngineHealth();
  const ready: Record<string, number> = { Echo: 0, Sum: 0 };
  const stages = ['Echo', 'Sum'].map((stage, index) => ({
    pool: {
      stage,
      get status() {
        return { ready: ready[stage] };
      },
      drain: () => events.push(`drain ${stage}`),
    },
    runsHere: true,
    supervisor: {
      desired: index + 1,
      start: () => events.push(`start ${stage}`),
      stop: async (graceMs: number) => void events.push(`stop ${stage} ${graceMs}`),
    },
  }));
  const pipelines = [EchoPipeline, SumPipeline].map((pipelineClass) => {
    let finish!: () => void;
    const idle = new Promise<void>((resolve) => (finish = resolve));
    const pipeline = {
      inFlight: 1,
      drain: () => events.push(`drain ${pipelineClass.name}`),
      whenIdle: () => idle,
      abandonAll: () => events.push(`abandon ${pipelineClass.name}`),
      finish: () => ((pipeline.inFlight = 0), finish()),
    };
    return [pipelineClass, pipeline] as const;
  });
  const daemon = {
    start: () => events.push('start daemon'),
    stop: async (graceMs: number) => void events.push(`stop daemon ${graceMs}`),
  };
  const redis: { unreadyReason?: string; open(): void; close(): Promise<void> } = {
    open: () => void events.push('open redis'),
    close: async () => void events.push('close redis'),
  };
  const handOvers = withRedis ? [redis] : undefined;
  const parts = {
    handOvers,
    stages,
    pipelines: new Map(pipelines),
    budget: new ByteBudget(1),
    health,
    daemons: [daemon],
  };
  const log = { log: (_level: string, message: string, stage?: string) => events.push(`${stage}: ${message}`) };
  const engine = new MosecEngine({ ...parts, log } as unknown as EngineParts);
  const becomeReady = (stage: string): void => {
    ready[stage] = 1;
    health.stageReady(stage, { warmUpMs: 0, examples: [] });
  };
  return { engine, events, health, becomeReady, redis, open: pipelines.map(([, pipeline]) => pipeline) };
}

describe('when an engine starts', () => {
  it('should start the daemons, then every stage, and once only', () => {
    const { engine, events } = engineOf();
    engine.start();
    engine.start();
    expect(events).toEqual([
      'start daemon',
      'Echo: 1 replica loading',
      'start Echo',
      'Sum: 2 replicas loading',
      'start Sum',
    ]);
  });

  it('should be ready when every stage has a ready replica, and say which has none', async () => {
    const { engine, becomeReady } = engineOf();
    const whenReady = engine.whenReady();
    expect(engine.unreadyReason).toBe('no replica is ready of stage Echo, Sum');
    becomeReady('Sum');
    expect(engine.unreadyReason).toBe('no replica is ready of stage Echo');
    becomeReady('Echo');
    expect(engine.unreadyReason).toBeUndefined();
    await expect(whenReady).resolves.toBeUndefined();
  });

  it('should tell those who wait why it will never be ready, and a client no more than that', async () => {
    const { engine, health } = engineOf();
    const [whenReady, whenFailed] = [engine.whenReady(), engine.whenFailed()];
    health.fail('stage "Echo" cannot start: no model');
    await expect(whenReady).rejects.toMatchObject({
      message: 'stage "Echo" cannot start: no model',
      code: 'UNAVAILABLE',
    });
    expect(await whenFailed).toBe('stage "Echo" cannot start: no model');
    expect(engine.unreadyReason).toBe('the service has failed');
  });
});

describe('when an engine is asked for a pipeline', () => {
  it('should have it by its class, and name one that it has not', () => {
    const { engine, open } = engineOf();
    expect(engine.pipeline(SumPipeline)).toBe(open[1] as unknown as Pipeline);
    class StrangePipeline {}
    expect(() => engine.pipeline(StrangePipeline)).toThrow('"StrangePipeline" is not part of this application');
  });

  it('should count the open requests of all', () => {
    const { engine, open } = engineOf();
    expect(engine.inFlight).toBe(2);
    open[0]!.finish();
    expect(engine.inFlight).toBe(1);
  });
});

describe('when an engine stops', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('should refuse new requests and hold no partial batch, ready or not', () => {
    const { engine, events, becomeReady } = engineOf();
    becomeReady('Echo');
    becomeReady('Sum');
    engine.drain();
    expect(events).toEqual(['drain EchoPipeline', 'drain SumPipeline', 'drain Echo', 'drain Sum']);
    expect([engine.isDraining, engine.unreadyReason]).toEqual([true, 'gracefully shutting down']);
  });

  it('should be idle when the last request is answered, and leave no timer behind', async () => {
    const { engine, open } = engineOf();
    const idle = engine.whenIdle(5000);
    for (const pipeline of open) pipeline.finish();
    expect([await idle, engine.gaveUp]).toEqual([0, false]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should answer what is left after the timeout, and say how many that were', async () => {
    const { engine, open, events } = engineOf();
    const idle = engine.whenIdle(5000);
    open[0]!.finish();
    await vi.advanceTimersByTimeAsync(4999);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([await idle, engine.gaveUp]).toEqual([1, true]);
    expect(events).toContain('abandon SumPipeline');
  });

  it('should stop the daemons last, since stages may use them', async () => {
    const { engine, events } = engineOf();
    await engine.stop(700);
    expect(events.slice(-3)).toEqual(['stop Echo 700', 'stop Sum 700', 'stop daemon 700']);
    expect(engine.isDraining).toBe(true);
  });
});

describe('when stages hand over through Redis', () => {
  it('should be unready while it is gone, also when every stage is ready, which examples do not wait for', async () => {
    const { engine, becomeReady, redis } = engineOf(true);
    redis.unreadyReason = 'no connection to Redis at cache:6379 (gone)';
    expect(engine.unreadyReason).toBe('no replica is ready of stage Echo, Sum');
    becomeReady('Echo');
    becomeReady('Sum');
    expect(engine.unreadyReason).toBe('no connection to Redis at cache:6379 (gone)');
    await expect(engine.whenReady()).resolves.toBeUndefined();
    redis.unreadyReason = undefined;
    expect(engine.unreadyReason).toBeUndefined();
  });

  it('should connect before the stages start, and let go of it after they have stopped', async () => {
    const { engine, events } = engineOf(true);
    engine.start();
    expect(events.slice(0, 2)).toEqual(['start daemon', 'open redis']);
    await engine.stop(700);
    expect(events.slice(-4)).toEqual(['stop Echo 700', 'stop Sum 700', 'close redis', 'stop daemon 700']);
  });
});
