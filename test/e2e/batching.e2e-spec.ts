import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';

interface Squared {
  square: number;
  batch: number;
  size: number;
}

const MAX_WAIT_MS = 2_000;
let app: AppProcess;

const square = async (n: number, route = '/adaptive') => {
  const { status, json } = await post(`${app.url}${route}`, n);
  return { status, ...(json as Squared) };
};

beforeAll(async () => {
  app = await startReadyApp('worker-batching');
});
afterAll(() => app?.stop());

describe('when one client sends request after request to a batch stage', () => {
  it('should not be held for the window where the policy is adaptive', async () => {
    const count = 6;
    const startedAt = performance.now();
    for (let n = 1; n <= count; n++) expect(await square(n)).toEqual({ status: 200, square: n * n, batch: n, size: 1 });
    expect(performance.now() - startedAt).toBeLessThan((count / 2) * MAX_WAIT_MS);
  });

  it('should be held for the whole window where the policy is fixed', async () => {
    const startedAt = performance.now();
    expect(await square(3, '/fixed')).toMatchObject({ square: 9, size: 1 });
    // Timers may fire a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(MAX_WAIT_MS - 5);
  });
});

describe('when 32 requests arrive at once', () => {
  it('should form batches of at most maxBatchSize and give each request its own answer', async () => {
    const numbers = Array.from({ length: 32 }, (_, i) => i + 1);
    const answers = await Promise.all(numbers.map((n) => square(n)));
    expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 200));
    expect(answers.map((answer) => answer.square)).toEqual(numbers.map((n) => n * n));
    const sizes = new Map(answers.map(({ batch, size }) => [batch, size]));
    expect([...sizes.values()].reduce((a, b) => a + b)).toBe(32);
    expect(Math.max(...sizes.values())).toBe(8);
    expect(sizes.size).toBeLessThanOrEqual(12);
  });

  it('should fail only the requests that the stage refuses, each with its own reason', async () => {
    const numbers = Array.from({ length: 32 }, (_, i) => (i % 5 === 0 ? -(i + 1) : i + 1));
    const answers = await Promise.all(numbers.map((n) => post(`${app.url}/adaptive`, n)));
    for (const [i, { status, json }] of answers.entries()) {
      const n = numbers[i] as number;
      const expected = n < 0 ? { message: `bad request: ${n} is negative`, code: 'CLIENT' } : { square: n * n };
      expect(status).toBe(n < 0 ? 400 : 200);
      expect(json).toMatchObject(expected);
    }
  });
});
