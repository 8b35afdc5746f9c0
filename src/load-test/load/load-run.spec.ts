import { describe, expect, it } from 'vitest';
import { type Transport } from '../client/transport.interface.js';
import { type LoadPlan } from '../load-plan.js';
import { FakeClock } from './fake-clock.fixture.js';
import { LoadRun } from './load-run.js';

const STALL = { from: 1000, to: 2000 };

/** Answers after a millisecond, and not during the stall. */
const stalling = (clock: FakeClock): Transport => ({
  send: (_turn, done) => {
    const now = clock.now();
    const end = now >= STALL.from && now < STALL.to ? STALL.to : now;
    return clock.later(() => done({ status: 200, code: undefined, bytesReceived: 1 }), end + 1 - now);
  },
  bytesOf: () => 0,
  close: async () => undefined,
});

async function run(loop: 'open' | 'closed') {
  const clock = new FakeClock();
  const plan: LoadPlan = {
    request: { url: new URL('http://localhost/'), method: 'GET', headers: {}, bodies: [], timeoutMs: 5000 },
    ...{ loop, arrivals: 'constant', connections: 2, warmUpMs: 0, sloMs: 100, required: undefined },
    steps: [{ durationMs: 4000, level: loop === 'open' ? 100 : 2 }],
    metricsUrl: undefined,
  };
  const hooks = { began: () => undefined, over: () => undefined };
  const load = new LoadRun({ plan, clock, transport: stalling(clock), random: () => 0.5, ...hooks });
  clock.run();
  await load.ended;
  return load.recorder.total;
}

describe('when the server stalls for a second', () => {
  it('should count the requests of an open loop that were due meanwhile', async () => {
    const { requests, withinSlo, latency } = await run('open');
    expect(requests).toBe(400);
    expect(requests - withinSlo).toBeGreaterThanOrEqual(80);
    expect(latency.percentile(90)).toBeGreaterThan(500);
  });

  it('should show only one slow request per connection in a closed loop', async () => {
    const { requests, withinSlo } = await run('closed');
    expect(requests - withinSlo).toBe(2);
  });
});
