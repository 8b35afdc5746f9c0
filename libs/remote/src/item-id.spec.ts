import { describe, expect, it } from 'vitest';
import { itemId, readItemId } from './item-id.js';

describe('when the id of a job is read', () => {
  it('should tell the gateway and its number', () => {
    const id = { gateway: '0123456789abcdef', sequence: Number.MAX_SAFE_INTEGER };
    expect(readItemId(itemId(id))).toEqual(id);
  });

  it.each(['', '7', 'x-1', 'abc-', '-1', 'abc-1-2', 'abc-1x', 'repeat:abc-1'])(
    'should know no gateway of "%s"',
    (id) => {
      expect(readItemId(id)).toBeUndefined();
    },
  );
});
