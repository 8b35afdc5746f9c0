import { describe, expect, it } from 'vitest';
import { cutLine } from './text-line.js';

const page = { width: 40, height: 60, data: new Uint8Array(40 * 60 * 3) };

describe('when a line is cut out of a page', () => {
  it('should come with a tenth of its height above and below', async () => {
    const line = await cutLine(page, { x: 5, y: 10, width: 30, height: 20 });
    expect(line.inner).toEqual({ x: 0, y: 2, width: 30, height: 20 });
    expect(line.picture).toMatchObject({ width: 30, height: 24 });
  });

  it('should have no margin beyond the edge of the page', async () => {
    const line = await cutLine(page, { x: 0, y: 0, width: 40, height: 60 });
    expect(line.inner).toEqual({ x: 0, y: 0, width: 40, height: 60 });
    expect(line.picture.data).toHaveLength(page.data.length);
  });
});
