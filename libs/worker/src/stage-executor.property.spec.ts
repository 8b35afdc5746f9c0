import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientError } from '#libs/contracts';
import { ItemCall } from './item-call.js';
import type { StageInstance } from './stage-host.js';
import { BROKEN, hopItem, hostOf, runBatch } from './worker.fixture.js';

type Fate = 'fine' | 'broken' | 'invalid' | 'error' | 'blamed' | 'crash' | 'unwritable' | 'cancelled';
const FATES: Fate[] = ['fine', 'broken', 'invalid', 'error', 'blamed', 'crash', 'unwritable', 'cancelled'];

function forwardAll(items: Fate[]): unknown[] {
  if (items.includes('crash')) throw new Error('crash');
  if (items.includes('blamed')) throw new ClientError('blamed');
  return items.map((fate) => {
    if (fate === 'error') return new Error('alone');
    return fate === 'unwritable' ? () => fate : fate;
  });
}

function stage(slow: boolean): StageInstance {
  const forward = (items: unknown[]) => forwardAll(items as Fate[]);
  return { forwardBatch: slow ? async (items) => forward(items) : forward };
}

/** An item with the fate `crash` takes its batch-mates along, but not the ones that never got into the stage. */
function expectedOk(fates: readonly Fate[]): number[] {
  if (fates.includes('crash')) return [];
  return [...fates.keys()].filter((index) => fates[index] === 'fine');
}

describe('when items of a batch fail in any combination', () => {
  it('should settle each once, the good ones well, and finish last', async () => {
    const fates = fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fates, fc.boolean(), fc.boolean(), async (items, slow, slowInput) => {
        const accept = (value: unknown) => {
          if (value === 'invalid') throw new ClientError('invalid');
          return value;
        };
        const acceptInput = slowInput ? async (value: unknown) => accept(value) : accept;
        const calls = items.map((fate) => new ItemCall(fate === 'broken' ? BROKEN : hopItem(fate)));
        items.forEach((fate, index) => fate === 'cancelled' && calls[index]!.cancel());
        const port = await runBatch(hostOf(stage(slow), { acceptInput }), calls);

        const settled = port.events
          .filter((event) => /^(ok|error)/.test(event))
          .map((event) => Number(event.split(' ')[1]));
        const waited = [...items.keys()].filter((index) => items[index] !== 'cancelled');
        expect(settled.sort((one, other) => one - other)).toEqual(waited);
        expect([...port.values.keys()]).toEqual(expectedOk(items));
        expect(port.events.indexOf('finished')).toBe(port.events.length - 1);
      }),
    );
  });
});
