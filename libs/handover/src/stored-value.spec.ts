import { describe, expect, it, vi } from 'vitest';
import { StoredValue } from './stored-value.js';

describe('when a stored value is held', () => {
  it('should be discarded once, by its last holder', () => {
    const discard = vi.fn();
    const value = new StoredValue(discard);
    value.hold();
    value.release();
    expect(discard).not.toHaveBeenCalled();
    value.release();
    expect(discard).toHaveBeenCalledOnce();
  });

  it('should refuse holders after that', () => {
    const value = new StoredValue(() => undefined);
    value.release();
    expect(() => value.hold()).toThrow('held after it was given up');
    expect(() => value.release()).toThrow('released after it was given up');
  });
});
