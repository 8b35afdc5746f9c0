import { Counter, Gauge, register as defaultRegistry, Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { WorkerReport } from './worker-report.js';

const NO_LIMIT = 10_000;

afterEach(() => defaultRegistry.clear());

function registryOf(): Registry {
  const registry = new Registry();
  new Counter({ name: 'own_total', help: 'h', registers: [registry] }).inc(2);
  return registry;
}

const namesOf = async (report: WorkerReport): Promise<string[]> =>
  (await report.read()).families.map(({ name }) => name);

describe('when the metrics of a worker are read', () => {
  it('should have those of the stage, of the default registry, and of its process', async () => {
    new Gauge({ name: 'shared', help: 'h' }).set(1);
    const names = await namesOf(new WorkerReport(registryOf(), 'process', NO_LIMIT));
    expect(names).toEqual(
      expect.arrayContaining(['own_total', 'shared', 'process_cpu_seconds_total', 'nodejs_gc_duration_seconds']),
    );
  });

  it('should mark what is of the process alone', async () => {
    const { families } = await new WorkerReport(registryOf(), 'process', NO_LIMIT).read();
    const marked = families.filter(({ perWorker }) => perWorker).map(({ name }) => name);
    expect(marked).toContain('process_resident_memory_bytes');
    expect(marked).not.toContain('own_total');
  });

  it('should say nothing of the process in a thread, which shares it', async () => {
    const names = await namesOf(new WorkerReport(registryOf(), 'thread', NO_LIMIT));
    expect(names.filter((name) => name.startsWith('process_'))).toEqual([]);
    expect(names).toContain('nodejs_heap_size_used_bytes');
  });

  it('should have those of the stage alone inline', async () => {
    new Gauge({ name: 'shared', help: 'h' });
    expect(await namesOf(new WorkerReport(registryOf(), 'inline', NO_LIMIT))).toEqual(['own_total']);
  });

  it('should leave the default registry as it is', async () => {
    await new WorkerReport(registryOf(), 'process', NO_LIMIT).read();
    expect(defaultRegistry.getMetricsAsArray()).toEqual([]);
  });

  it('should observe nothing before it is read', () => {
    const registry = registryOf();
    new WorkerReport(registry, 'process', NO_LIMIT);
    expect(registry.getMetricsAsArray()).toHaveLength(1);
  });

  it('should tell of a metric that throws', async () => {
    const registry = registryOf();
    const collect = (): never => {
      throw new Error('no sensor');
    };
    new Gauge({ name: 'broken', help: 'h', registers: [registry], collect });
    expect(await new WorkerReport(registry, 'inline', NO_LIMIT).read()).toMatchObject({
      families: [],
      failure: 'no sensor',
    });
  });
});
