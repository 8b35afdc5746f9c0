import { describe, expect, it } from 'vitest';
import { EngineHealth } from './mosec.health.js';

const REPORT = { warmUpMs: 3, examples: [] };

/** Whether the promise has resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) !== pending;
}

describe('when stages report', () => {
  it('should know the latest report of each', () => {
    const health = new EngineHealth();
    expect(health.report('Echo')).toBeUndefined();
    health.stageReady('Echo', REPORT);
    health.stageReady('Echo', { ...REPORT, warmUpMs: 7 });
    health.stageReady('Sum', REPORT);
    expect(health.report('Echo')?.warmUpMs).toBe(7);
  });
});

describe('when something fails for good', () => {
  it('should keep the first reason: what follows is its consequence', () => {
    const health = new EngineHealth();
    expect(health.failure).toBeUndefined();
    health.fail('stage "Echo" cannot start: no model');
    health.fail('daemon "cache" ended: exited with code 1');
    expect(health.failure).toBe('stage "Echo" cannot start: no model');
  });
});

describe('when somebody waits for a change', () => {
  it('should resolve at once where the condition holds', async () => {
    expect(await isDone(new EngineHealth().when(() => true))).toBe(true);
  });

  it('should resolve at the change that makes it hold, and not before', async () => {
    const health = new EngineHealth();
    const ready = health.when(() => health.report('Sum') !== undefined);
    const failed = health.when(() => health.failure !== undefined);
    health.stageReady('Echo', REPORT);
    expect(await isDone(ready)).toBe(false);
    health.stageReady('Sum', REPORT);
    expect([await isDone(ready), await isDone(failed)]).toEqual([true, false]);
    health.fail('no');
    expect(await isDone(failed)).toBe(true);
  });

  it('should not ask again once it has held', async () => {
    const health = new EngineHealth();
    let asked = 0;
    const waiting = health.when(() => asked++ > 0);
    for (let change = 0; change < 3; change += 1) health.fail('no');
    await waiting;
    expect(asked).toBe(2);
  });
});
