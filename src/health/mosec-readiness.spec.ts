import { describe, expect, it, vi } from 'vitest';
import type { ReadinessCheck } from '../config/readiness-check.interface.js';
import { resolveOptions } from '../config/resolve-options.js';
import type { MosecRegistry } from '../mosec.registry.js';
import { EngineHealth } from '../mosec.health.js';
import { MosecHealthIndicator } from './mosec-health-indicator.js';
import { MosecReadiness } from './mosec-readiness.js';

function readinessOf(unreadyReason?: string, readinessChecks: readonly ReadinessCheck[] = []) {
  const health = new EngineHealth();
  const stages = ['Echo', 'Sum'].map((stage) => ({ pool: { stage } }));
  const engine = { health, stages, unreadyReason };
  const registry = { engine } as unknown as MosecRegistry;
  return { health, engine, readiness: new MosecReadiness(resolveOptions({ options: { readinessChecks } }), registry) };
}

const failing = (name: string): ReadinessCheck => ({ name, check: () => false });

describe('when a server comes up', () => {
  it('should have come up once every stage was ready once, and stay so', () => {
    const { health, engine, readiness } = readinessOf();
    expect(readiness.startingReason).toBe('no replica was ready yet of stage Echo, Sum');
    health.stageReady('Sum', { warmUpMs: 0, examples: [] });
    expect(readiness.startingReason).toBe('no replica was ready yet of stage Echo');
    health.stageReady('Echo', { warmUpMs: 0, examples: [] });
    engine.unreadyReason = 'no replica is ready of stage Echo';
    expect(readiness.startingReason).toBeUndefined();
  });
});

describe('when a server has failed', () => {
  it('should be live no more, as only a new process helps', () => {
    const { health, readiness } = readinessOf();
    expect(readiness.deadReason).toBeUndefined();
    health.fail('stage "Echo" cannot start: no model');
    expect(readiness.deadReason).toBe('the service has failed');
  });
});

describe('when it is asked whether a server is ready', () => {
  it('should not ask the checks while the server is not ready itself', async () => {
    const check = vi.fn();
    const { readiness } = readinessOf('gracefully shutting down', [{ name: 'database', check }]);
    expect(await readiness.unreadyReason()).toBe('gracefully shutting down');
    expect(check).not.toHaveBeenCalled();
  });

  it('should name all checks that fail, and no cause', async () => {
    const checks = [failing('database'), { name: 'cache', check: () => true }, failing('queue')];
    expect(await readinessOf(undefined, checks).readiness.unreadyReason()).toBe('check "database", "queue" failed');
    expect(await readinessOf(undefined, [checks[1]!]).readiness.unreadyReason()).toBeUndefined();
  });
});

describe('when the health indicator is asked', () => {
  it('should answer in the form of @nestjs/terminus, under the key that was given', async () => {
    const { health, readiness } = readinessOf('paused: stage Echo');
    const indicator = new MosecHealthIndicator(readiness);
    expect(indicator.isLive()).toEqual({ mosec: { status: 'up' } });
    expect(await indicator.isReady('models')).toEqual({ models: { status: 'down', reason: 'paused: stage Echo' } });
    expect(indicator.isStarted('models').models.status).toBe('down');
    health.fail('broken');
    expect(indicator.isLive('live')).toEqual({ live: { status: 'down', reason: 'the service has failed' } });
  });
});
