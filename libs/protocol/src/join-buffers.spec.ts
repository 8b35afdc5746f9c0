import { describe, expect, it } from 'vitest';
import { joinBuffers } from './join-buffers.js';

describe('when buffers are joined for another thread', () => {
  it('should keep their order, in memory that holds nothing else', () => {
    const joined = joinBuffers([Buffer.from('one '), Buffer.alloc(0), Buffer.from('two')]);
    expect(Buffer.from(joined).toString()).toBe('one two');
    expect([joined.byteOffset, joined.buffer.byteLength]).toEqual([0, 7]);
  });

  it('should leave the buffers usable when the joined one is given away', () => {
    const small = Buffer.from('pooled');
    const joined = joinBuffers([small]);
    structuredClone(joined, { transfer: [joined.buffer] });
    expect([joined.length, small.toString()]).toEqual([0, 'pooled']);
  });
});
