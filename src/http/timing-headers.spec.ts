import { afterEach, describe, expect, it } from 'vitest';
import { InferenceTimeoutError } from '#libs/contracts';
import type { FastifyInstance } from 'fastify';
import { handlerOptions, serverOf } from './served-request.fixture.js';

const TIMINGS = [
  { stage: 'Read', queueMs: 0.12345, computeMs: 3, batchSize: 1 },
  { stage: 'Classify', queueMs: -1, computeMs: 12.5, batchSize: 8 },
];
let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function headersOf(timingHeaders: boolean, error?: InferenceTimeoutError) {
  const edge = handlerOptions({ timingHeaders });
  app = serverOf(edge.options);
  const answer = app.inject({ method: 'POST', url: '/echo', payload: '1' });
  const open = await edge.next();
  open.request.timings?.push(...TIMINGS);
  open.settle(error ? { error } : { payload: Buffer.from('2') });
  const { headers } = await answer;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-mosec')));
}

const EXPECTED = {
  'x-mosec-stage': 'Read, Classify',
  'x-mosec-queue-ms': '0.123, 0.000',
  'x-mosec-batch-size': '1, 8',
  'x-mosec-compute-ms': '3.000, 12.500',
};

describe('when answers tell their times', () => {
  it('should have one entry per stage, in order', async () => {
    expect(await headersOf(true)).toEqual(EXPECTED);
  });

  it('should have those of the stages that were passed on an error', async () => {
    expect(await headersOf(true, new InferenceTimeoutError('too late'))).toEqual(EXPECTED);
  });
});

describe('when they do not', () => {
  it('should say and note nothing', async () => {
    const edge = handlerOptions({ timingHeaders: false });
    app = serverOf(edge.options);
    const answer = app.inject({ method: 'POST', url: '/echo', payload: '1' });
    const open = await edge.next();
    expect(open.request.timings).toBeUndefined();
    open.settle({ payload: Buffer.from('2') });
    expect(Object.keys((await answer).headers).filter((name) => name.startsWith('x-mosec'))).toEqual([]);
  });
});
