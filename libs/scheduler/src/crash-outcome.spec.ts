import { describe, expect, it } from 'vitest';
import { UnavailableError } from '#libs/contracts';
import { crashOutcome } from './crash-outcome.js';

describe('when a replica died while it ran an item', () => {
  it('should run it once more', () => {
    expect(crashOutcome('Echo', 1, true, false)).toBeUndefined();
  });

  it('should fail it at the second time, with the stage in the log and not in the answer', () => {
    const { error } = crashOutcome('Echo', 2, true, false)!;
    expect(error).toMatchObject({ statusCode: 500, code: 'WORKER_CRASHED', message: 'inference internal error' });
    expect((error!.cause as Error).message).toContain('stage "Echo"');
  });

  it('should fail it at the first time where the stage forbids a second run', () => {
    const { error } = crashOutcome('Echo', 1, false, false)!;
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ statusCode: 503, code: 'WORKER_LOST' });
    expect((error!.cause as Error).message).toContain('retryOnCrash: false');
  });

  it('should fail it at once where events of it have left: they cannot be taken back', () => {
    const { error } = crashOutcome('Echo', 1, true, true)!;
    expect(error).toMatchObject({ statusCode: 503, code: 'WORKER_LOST' });
    expect((error!.cause as Error).message).toContain('in the middle of this stream');
  });
});
