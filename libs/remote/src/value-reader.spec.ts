import { describe, expect, it } from 'vitest';
import { ValueReader } from './value-reader.js';

describe('when several values are wanted in one turn', () => {
  it('should read them with one command, and tell each what is there', async () => {
    const commands: (readonly string[])[] = [];
    const reader = new ValueReader(async (ids) => {
      commands.push(ids);
      return ids.map((id) => (id === 'gone' ? null : Buffer.from(id)));
    });
    const values = await Promise.all(['a', 'gone', 'b'].map((id) => reader.read(id)));
    expect(values.map((value) => value?.toString())).toEqual(['a', undefined, 'b']);
    await reader.read('c');
    expect(commands).toEqual([['a', 'gone', 'b'], ['c']]);
  });

  it('should tell each of them that they cannot be read', async () => {
    const reader = new ValueReader(() => Promise.reject(new Error('LOADING')));
    const results = await Promise.allSettled([reader.read('a'), reader.read('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
