import { describe, expect, it } from 'vitest';
import { FakeNative } from './fake-native.fixture.js';
import { openGatewayMemory } from './open-gateway-memory.js';

const OPTIONS = { sizeBytes: 2 << 20, thresholdBytes: 1, workers: () => 1 };

describe('when shared memory is opened', () => {
  it('should be there where the system has it', () => {
    expect(
      openGatewayMemory(
        OPTIONS,
        () => undefined,
        () => new FakeNative(),
      )?.sizeBytes,
    ).toBe(2 << 20);
  });

  it('should be absent, with the reason, where the system has not', () => {
    const reasons: string[] = [];
    const memory = openGatewayMemory(
      OPTIONS,
      (reason) => reasons.push(reason),
      () => {
        throw new Error('no such thing');
      },
    );
    expect([memory, reasons]).toEqual([undefined, ['no such thing']]);
  });
});
