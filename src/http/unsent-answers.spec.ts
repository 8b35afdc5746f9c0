import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnsentAnswers } from './unsent-answers.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('when answers are waited for', () => {
  it('should resolve at once where there are none', async () => {
    expect(await new UnsentAnswers().whenSent(1_000)).toBe(0);
  });

  it('should resolve when the last one is sent, and leave no timer', async () => {
    const answers = new UnsentAnswers();
    answers.given();
    answers.given();
    const resolved = vi.fn();
    const waiting = answers.whenSent(1_000).then(resolved);
    answers.sent();
    await vi.advanceTimersByTimeAsync(10);
    expect(resolved).not.toHaveBeenCalled();
    answers.sent();
    await waiting;
    expect(resolved).toHaveBeenCalledWith(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should tell how many are left after the time', async () => {
    const answers = new UnsentAnswers();
    answers.given();
    answers.given();
    const waiting = answers.whenSent(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toBe(2);
  });
});
