import { describe, expect, it, vi } from 'vitest';
import { ItemCall } from './item-call.js';
import { hopItem } from './worker.fixture.js';

describe('when a stage asks about the request behind an item', () => {
  it('should answer from the context that came along', () => {
    const context = {
      id: 'r1',
      route: '/v1/:model',
      params: { model: 'm' },
      query: { tag: ['a', 'b'] },
      headers: { traceparent: '00' },
    };
    const call = new ItemCall(hopItem(1, { context: JSON.stringify(context), deadline: 12_345 }));
    const { id, route, params, query, headers, deadline } = call;
    expect({ id, route, params, query, headers, deadline }).toEqual({ ...context, deadline: 12_345 });
  });

  it('should have empty members where nothing came along', () => {
    const call = new ItemCall(hopItem(1));
    expect([call.id, call.route, call.params, call.query, call.headers]).toEqual(['test', undefined, {}, {}, {}]);
  });

  it('should read the context only when asked, and once', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const call = new ItemCall(hopItem(1));
    expect(call.deadline).toBe(Infinity);
    expect(parse).not.toHaveBeenCalled();
    void [call.id, call.params, call.headers];
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });
});

describe('when an item is cancelled', () => {
  it('should abort the signal that was handed out', () => {
    const call = new ItemCall(hopItem(1));
    const { signal } = call;
    expect(signal.aborted).toBe(false);
    call.cancel();
    expect(signal.aborted).toBe(true);
    expect(call.signal).toBe(signal);
  });

  it('should hand out an aborted signal to one who asks later', () => {
    const call = new ItemCall(hopItem(1));
    call.cancel();
    expect(call.signal.aborted).toBe(true);
  });
});
