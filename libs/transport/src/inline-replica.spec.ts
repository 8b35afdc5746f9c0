import { describe, expect, it, vi } from 'vitest';
import type { ResultPort, SharedBytes, WorkItem } from '#libs/contracts';
import { InlineReplica, type InlineStage } from './inline-replica.js';
import { RecordingListener } from './recording-listener.fixture.js';
import { itemOf } from './worker-program.fixture.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A stage whose batches report when the test says so. */
function fakeStage() {
  const ports: ResultPort[] = [];
  const items: (readonly WorkItem[])[] = [];
  const cancel = vi.fn();
  const grant = vi.fn();
  let stopped: () => void = () => undefined;
  const stage: InlineStage = {
    details: { loadMs: 1, warmUpMs: 2 },
    run: (batch, port) => (items.push(batch), ports.push(port), { cancel, grant }),
    metrics: () => Promise.resolve({ families: [], dropped: 0, droppedFrom: '' }),
    stop: () => new Promise((resolve) => (stopped = resolve)),
  };
  return { stage, ports, items, cancel, grant, finishStop: () => stopped() };
}

async function launch() {
  const listener = new RecordingListener();
  const fake = fakeStage();
  const replica = new InlineReplica(2, Promise.resolve(fake.stage), listener);
  await turn();
  return { listener, replica, ...fake };
}

describe('when a stage runs inline', () => {
  it('should be ready once it has started', async () => {
    const { listener } = await launch();
    expect(listener.events).toEqual(['ready']);
    expect(listener.details).toEqual({ loadMs: 1, warmUpMs: 2 });
  });

  it('should have ended where the start failed', async () => {
    const listener = new RecordingListener();
    new InlineReplica(2, Promise.reject(new Error('no model')), listener);
    await turn();
    expect(listener.events).toEqual(['ended: no model']);
  });

  it('should report each batch under its number', async () => {
    const { listener, replica, ports } = await launch();
    replica.send(4, [itemOf('a')]);
    replica.send(5, [itemOf('b')]);
    ports[1]!.begun([0]);
    ports[1]!.settled(0, true, Buffer.from('B'));
    ports[1]!.finished();
    ports[0]!.begun();
    ports[0]!.settled(0, false, Buffer.from('A'));
    ports[0]!.finished();
    expect(listener.events.slice(1)).toEqual([
      'begun 5: 0',
      'ok 5/0: B',
      'finished 5',
      'begun 4: all',
      'error 4/0: A',
      'finished 4',
    ]);
  });

  it('should get a copy of what lies in shared memory', async () => {
    const { replica, items } = await launch();
    const slot = Buffer.from('a');
    replica.send(4, [{ ...itemOf('a'), payload: slot, shared: {} as SharedBytes }]);
    slot.fill('!');
    expect(items).toEqual([[itemOf('a')]]);
  });

  it('should cancel in a batch that is not finished', async () => {
    const { replica, ports, cancel } = await launch();
    replica.send(4, [itemOf('a')]);
    replica.cancel(4, [0]);
    replica.cancel(9, [0]);
    expect(cancel.mock.calls).toEqual([[[0]]]);
    ports[0]!.finished();
    replica.cancel(4, [0]);
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});

describe('when an inline stage is to end', () => {
  it('should have ended after its clean-up, with the results until then', async () => {
    const { listener, replica, ports, finishStop } = await launch();
    replica.send(4, [itemOf('a')]);
    replica.stop();
    await turn();
    ports[0]!.settled(0, true, Buffer.from('A'));
    ports[0]!.finished();
    finishStop();
    await turn();
    expect(listener.events.slice(1)).toEqual(['ok 4/0: A', 'finished 4', 'ended: stopped']);
  });

  it('should report nothing after it was killed', async () => {
    const { listener, replica, ports } = await launch();
    replica.send(4, [itemOf('a')]);
    replica.kill();
    replica.kill();
    ports[0]!.begun();
    ports[0]!.settled(0, true, Buffer.from('A'));
    ports[0]!.finished();
    expect(listener.events).toEqual(['ready', 'ended: killed']);
  });

  it('should not be ready after it was killed while it started', async () => {
    const listener = new RecordingListener();
    new InlineReplica(2, Promise.resolve(fakeStage().stage), listener).kill();
    await turn();
    expect(listener.events).toEqual(['ended: killed']);
  });
});

describe('when the metrics of an inline stage are asked for', () => {
  it('should report them, and nothing once it has ended', async () => {
    const { listener, replica } = await launch();
    replica.scrape();
    await turn();
    expect(listener.events).toEqual(['ready', 'metrics ']);
    replica.scrape();
    replica.kill();
    await turn();
    expect(listener.events.at(-1)).toBe('ended: killed');
  });
});
