import { describe, expect, it } from 'vitest';
import { resizeArea } from './resize.js';

describe('when part of a picture is resized', () => {
  it('should stretch that part alone', async () => {
    const data = new Uint8Array(4 * 2 * 3).fill(10);
    data.fill(200, 6, 12);
    const part = await resizeArea({ width: 4, height: 2, data }, { x: 2, y: 0, width: 2, height: 1 }, 6, 3);
    expect(part).toMatchObject({ width: 6, height: 3 });
    expect([...part.data]).toEqual(new Array(54).fill(200));
  });
});
