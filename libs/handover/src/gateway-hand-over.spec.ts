import { afterEach, describe, expect, it, vi } from 'vitest';
import { storedHandle } from '#libs/protocol';
import { GatewayHandOver } from './gateway-hand-over.js';
import type { ConnectionListener, RedisConnection } from './redis-connection.js';
import { redis } from './redis.js';

afterEach(() => vi.useRealTimers());

function gateway(isUp = true) {
  const events: string[] = [];
  const removed: (readonly string[])[] = [];
  let report!: ConnectionListener;
  let remove = async (keys: readonly string[]): Promise<void> => void removed.push(keys);
  const connection = {
    open: async () => void events.push('open'),
    ping: () => events.push('ping'),
    close: () => events.push('close'),
    removeAll: (keys: readonly string[]) => remove(keys),
  };
  const handOver = new GatewayHandOver(
    3,
    redis({ url: 'redis://cache', prefix: 'p' }),
    {
      up: () => events.push('up'),
      down: (reason) => events.push(`down ${reason}`),
      refused: (reason) => events.push(`refused ${reason}`),
    },
    (_settings, listener) => {
      report = listener;
      return connection as unknown as RedisConnection;
    },
  );
  const refuse = (): void => void (remove = () => Promise.reject(new Error('gone')));
  const accept = (): void => void (remove = async (keys) => void removed.push(keys));
  if (isUp) report.up();
  events.splice(0);
  return { handOver, events, removed, report, refuse, accept };
}

const ID = '0'.repeat(31);
const handle = (digit: number, store = 3): Buffer => storedHandle({ store, id: `${ID}${digit}`, length: 10 });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('when workers have stored values', () => {
  it('should remove those that nobody needs any more, together at the end of the turn', async () => {
    const { handOver, removed } = gateway();
    const [one, two, three] = [1, 2, 3].map((digit) => handOver.claim(handle(digit)));
    two?.hold();
    for (const value of [one, two, three]) value?.release();
    expect(removed).toEqual([]);
    await turn();
    expect(removed).toEqual([[`p:${ID}1`, `p:${ID}3`]]);
    two?.release();
    await turn();
    expect(removed[1]).toEqual([`p:${ID}2`]);
    expect(handOver.usage).toMatchObject({ values: 3, bytes: 30, address: 'cache:6379' });
  });

  it('should refuse the handle of a store that is not its own', () => {
    const { handOver } = gateway();
    expect(() => handOver.claim(handle(1, 4))).toThrow('store 4 is not its own');
    expect(() => handOver.claim(Buffer.from('x'))).toThrow('wrong form');
  });

  it('should remove what is left before it closes', async () => {
    const { handOver, removed, events } = gateway();
    handOver.claim(handle(1)).release();
    await handOver.close();
    expect([removed.length, events]).toEqual([1, ['close']]);
  });

  it('should try again with the next connection, and leave to its expiry what it cannot remove at all', async () => {
    const { handOver, removed, report, events, refuse, accept } = gateway();
    refuse();
    handOver.claim(handle(1)).release();
    await turn();
    report.down('gone');
    handOver.claim(handle(2)).release();
    await turn();
    accept();
    report.up();
    expect(removed).toEqual([[`p:${ID}1`, `p:${ID}2`]]);
    report.down('gone');
    handOver.claim(handle(3)).release();
    await handOver.close();
    expect([removed.length, events.at(-1)]).toEqual([1, 'close']);
  });
});

describe('when the connection comes and goes', () => {
  it('should be unready while there is none, with the reason', () => {
    const { handOver, report, events } = gateway(false);
    expect(handOver.unreadyReason).toBe('no connection to Redis at cache:6379 (connecting)');
    report.up();
    expect([handOver.unreadyReason, handOver.usage.isUp]).toEqual([undefined, true]);
    report.down('it went');
    expect(handOver.unreadyReason).toBe('no connection to Redis at cache:6379 (it went)');
    expect([handOver.usage.isUp, events]).toEqual([false, ['up', 'down it went']]);
  });

  it.each(['WRONGPASS invalid', 'NOAUTH HELLO must', 'ERR invalid password'])(
    'should be refused for good where the first login is: %s',
    (reason) => {
      const { report, events } = gateway(false);
      report.down(reason);
      expect(events).toEqual([`refused ${reason}`]);
    },
  );

  it('should only be down where the login worked once', () => {
    const { report, events } = gateway(false);
    report.up();
    report.down('WRONGPASS invalid');
    expect(events).toEqual(['up', 'down WRONGPASS invalid']);
  });

  it('should ask once a second whether Redis still answers, until it is closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { handOver, events } = gateway(false);
    handOver.open();
    vi.advanceTimersByTime(2_500);
    await handOver.close();
    vi.advanceTimersByTime(2_500);
    expect(events).toEqual(['open', 'ping', 'ping', 'close']);
  });
});
