import { describe, expect, it } from 'vitest';
import { ChatMessageBuilder } from './chat-message-builder.js';
import type { ChatDelta } from './chat-types.js';

function build(...deltas: ChatDelta[]) {
  const builder = new ChatMessageBuilder();
  for (const delta of deltas) builder.add(delta);
  return builder.build();
}

describe('when deltas are put together', () => {
  it('should join the texts of each kind', () => {
    const message = build(
      { reasoning_content: 'so' },
      { content: 'a' },
      { reasoning_content: ' be it' },
      { content: 'b' },
    );
    expect(message).toEqual({ role: 'assistant', content: 'ab', refusal: null, reasoning_content: 'so be it' });
    expect(build({ refusal: 'I will' }, { refusal: ' not' })).toMatchObject({ content: null, refusal: 'I will not' });
    expect(build()).toEqual({ role: 'assistant', content: '', refusal: null });
  });

  it('should join the parts of calls of tools by their index', () => {
    const first = { index: 0, id: 'a', type: 'function', function: { name: 'add', arguments: '[1' } } as const;
    const second = { index: 1, id: 'b', type: 'function', function: { name: 'sub' } } as const;
    const { tool_calls, content } = build(
      { tool_calls: [second, first] },
      { tool_calls: [{ index: 0, function: { arguments: ',2]' } }] },
      { tool_calls: [{ index: 1, function: { arguments: '[]' } }] },
    );
    expect(content).toBeNull();
    expect(tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'add', arguments: '[1,2]' } },
      { id: 'b', type: 'function', function: { name: 'sub', arguments: '[]' } },
    ]);
  });
});
