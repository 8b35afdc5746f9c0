import { describe, expect, it } from 'vitest';
import type { SharedBytes, SlotHandle, WorkItem } from '#libs/contracts';
import type { GatewayMemory, Tenant, TenantPort } from '#libs/memory';
import { ReplicaMemory } from './replica-memory.js';
import { itemOf } from './worker-program.fixture.js';

const handle: SlotHandle = { region: 1, generation: 1, offset: 0, length: 4 };

class CountedBytes implements SharedBytes {
  readonly handle = handle;
  readonly bytes = Buffer.from('data');
  holds = 0;
  hold(): void {
    this.holds++;
  }
  release(): void {
    this.holds--;
  }
}

function memoryOf() {
  const events: string[] = [];
  const claimed = new CountedBytes();
  const tenant = {
    claim: () => claimed,
    cameInline: (bytes: number) => events.push(`inline ${bytes}`),
    flush: () => events.push('flush'),
    close: () => events.push('close'),
  } as unknown as Tenant;
  const ports: TenantPort[] = [];
  const gateway = { tenant: (port: TenantPort) => (ports.push(port), tenant) } as unknown as GatewayMemory;
  const written: number[] = [];
  const memory = new ReplicaMemory(gateway, (buffers) => buffers.forEach((buffer) => written.push(buffer[4] ?? 0)));
  return { memory, events, ports, written, claimed };
}

const itemIn = (shared: SharedBytes): WorkItem => ({ ...itemOf('data'), shared });

describe('when a batch with inputs in shared memory is sent', () => {
  it('should hold each until it is answered, and the rest until the batch is finished', () => {
    const { memory } = memoryOf();
    const inputs = [new CountedBytes(), new CountedBytes()] as const;
    memory.sending(7, [itemIn(inputs[0]), itemOf('inline'), itemIn(inputs[1])]);
    expect(inputs.map(({ holds }) => holds)).toEqual([1, 1]);
    memory.answered(7, 0);
    memory.answered(7, 0);
    memory.answered(7, 1);
    memory.answered(8, 0);
    expect(inputs.map(({ holds }) => holds)).toEqual([0, 1]);
    memory.finished(7);
    memory.finished(7);
    expect(inputs.map(({ holds }) => holds)).toEqual([0, 0]);
  });

  it('should hold them until the end of a process that answers nothing', () => {
    const { memory, events } = memoryOf();
    const inputs = [new CountedBytes(), new CountedBytes()] as const;
    memory.turnOn();
    for (const [batch, input] of inputs.entries()) memory.sending(batch, [itemIn(input)]);
    memory.ended();
    expect(inputs.map(({ holds }) => holds)).toEqual([0, 0]);
    expect(events.at(-1)).toBe('close');
  });
});

describe('when a result comes', () => {
  it('should be claimed where it came by handle, and be told where it came inline', () => {
    const { memory, events, claimed } = memoryOf();
    memory.turnOn();
    expect(memory.result(0, handle)).toBe(claimed);
    expect(memory.result(70_000, undefined)).toBeUndefined();
    expect(events).toEqual(['inline 70000']);
  });

  it('should be refused by handle from a worker that has no shared memory', () => {
    const { memory } = memoryOf();
    expect(memory.isOn).toBe(false);
    expect(() => memory.result(0, handle)).toThrow('this worker has none');
    expect(memory.result(70_000, undefined)).toBeUndefined();
  });
});

describe('when the worker gets room', () => {
  it('should be told by frames, and of freed slots before its next batch', () => {
    const { memory, ports, written, events } = memoryOf();
    memory.turnOn();
    ports[0]?.give({ id: 1, offset: 0, sizeBytes: 1 << 20 });
    ports[0]?.free([handle]);
    memory.sending(1, [itemOf('inline')]);
    expect([written, events]).toEqual([[6, 7], ['flush']]);
  });
});
