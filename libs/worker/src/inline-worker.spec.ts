import { describe, expect, it } from 'vitest';
import type { StageCall } from '#libs/contracts';
import { InlineWorker } from './inline-worker.js';
import type { StageInstance } from './stage-host.js';
import { hopItem, hostOf, RecordingPort, turn } from './worker.fixture.js';

const NO_METRICS = { families: [], dropped: 0, droppedFrom: '' };

function workerOf(instance: StageInstance, close: () => Promise<void> = async () => undefined): InlineWorker {
  return new InlineWorker(async () => ({ host: hostOf(instance), metrics: () => Promise.resolve(NO_METRICS), close }));
}

describe('when a stage runs in the process of the gateway', () => {
  it('should be ready after its examples have run', async () => {
    const seen: unknown[] = [];
    await workerOf({ forward: (item) => void seen.push(item), example: 'first' }).start();
    expect(seen).toEqual(['first']);
  });

  it('should not start where an example fails or loading does', async () => {
    await expect(workerOf({ forward: () => Promise.reject(new Error('x')), example: 1 }).start()).rejects.toThrow();
    await expect(new InlineWorker(() => Promise.reject(new Error('no file'))).start()).rejects.toThrow('no file');
  });

  it('should run one batch at a time, in order', async () => {
    const entered: unknown[] = [];
    const gates: (() => void)[] = [];
    const worker = workerOf({
      forward: (item) => {
        entered.push(item);
        return new Promise((resolve) => gates.push(() => resolve(item)));
      },
    });
    await worker.start();
    const ports = [1, 2].map((value) => {
      const port = new RecordingPort();
      worker.run([hopItem(value)], port);
      return port;
    });
    await turn();
    expect(entered).toEqual([1]);
    gates[0]!();
    await turn();
    expect(entered).toEqual([1, 2]);
    expect(ports.map((port) => port.events.at(-1))).toEqual(['finished', 'begun all']);
  });

  it('should abort the items that are cancelled, and skip them while they wait', async () => {
    const calls: StageCall[] = [];
    const worker = workerOf({
      forward: (_item, call) => {
        calls.push(call);
        return new Promise((resolve) => call.signal.addEventListener('abort', resolve));
      },
    });
    await worker.start();
    const ports = [new RecordingPort(), new RecordingPort()] as const;
    const [running, waiting] = ports.map((port) => worker.run([hopItem(1)], port));
    await turn();
    waiting!.cancel([0]);
    running!.cancel([0]);
    await turn();
    expect(calls.map((call) => call.signal.aborted)).toEqual([true]);
    expect(ports[1].events).toEqual(['finished']);
  });

  it('should clean up after the batches that it has', async () => {
    const order: string[] = [];
    const worker = workerOf({ forward: () => void order.push('forward') }, async () => void order.push('close'));
    await worker.start();
    worker.run([hopItem(1)], new RecordingPort());
    await worker.stop();
    expect(order).toEqual(['forward', 'close']);
  });
});
