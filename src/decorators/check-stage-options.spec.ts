import { describe, expect, it } from 'vitest';
import { structuredClone } from '#libs/codec';
import type { Codec } from '#libs/contracts';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { checkStageOptions } from './check-stage-options.js';

const SHAPE = 'give an object with a name of at most 200 bytes, encode and decode.';

const codec = (name: string): Codec => ({
  name,
  mediaType: `application/${name}`,
  decode: () => undefined,
  encode: () => new Uint8Array(),
});

const check = (options: object) => () => checkStageOptions('Classify', options);

describe('when the options of a stage are in order', () => {
  it.each([
    {},
    { replicas: 2, env: [{ DEVICE: '0' }, {}] },
    { replicas: 1, env: [{}, {}] },
    { autoscale: { min: 1, max: 2, targetQueueWaitMs: 0 }, env: [{}, {}] },
    { replicas: 2, autoscale: { min: 1, max: 3, targetQueueWaitMs: 100, upAfterMs: 1000, downAfterMs: 1000 } },
    { maxBatchSize: 32, maxWaitMs: 0, timeoutMs: 1, maxQueueWaitMs: 0 },
    { maxWaitMs: 2_147_483_647, waitPolicy: 'fixed', execution: 'inline' },
    { execution: 'thread', env: [{}], recycle: { maxRequests: 1, maxAgeMs: 1 } },
    { recycle: { maxRssBytes: 1 } },
    { codec: codec('json') },
    { codec: [codec('json'), codec('text')] },
    { codec: { ...codec('any'), mediaType: 'image/*', readOnly: true } },
    { codec: { ...codec('texts'), mediaType: 'text/csv; charset=utf-8', accepts: ['text/tab-separated-values'] } },
    { ipc: structuredClone },
    { ipc: codec('mine') },
  ])('should accept %o', (options) => {
    expect(check(options)).not.toThrow();
  });
});

describe('when an option of a stage is wrong', () => {
  it.each([
    [{ replicas: 0 }, 'replicas "0": give an integer of at least 1.'],
    [{ replicas: 1.5 }, 'replicas "1.5": give an integer of at least 1.'],
    [{ replicas: '2' }, 'replicas "2": give an integer of at least 1.'],
    [{ maxBatchSize: 0 }, 'maxBatchSize "0": give an integer from 1 to 65535.'],
    [{ maxWaitMs: -1 }, 'maxWaitMs "-1": give an integer from 0 to 2147483647.'],
    [{ timeoutMs: 0 }, 'timeoutMs "0": give an integer from 1 to 2147483647.'],
    [{ timeoutMs: Infinity }, 'timeoutMs "Infinity": give an integer from 1 to 2147483647.'],
    [{ recycle: { maxRequests: 0 } }, 'recycle.maxRequests "0": give an integer of at least 1.'],
    [{ maxBatchSize: 70_000 }, 'maxBatchSize "70000": give an integer from 1 to 65535.'],
    [{ maxQueueWaitMs: NaN }, 'maxQueueWaitMs "NaN": give an integer from 0 to 2147483647.'],
    [{ maxWaitMs: 2_147_483_648 }, 'maxWaitMs "2147483648": give an integer from 0 to 2147483647.'],
    [{ waitPolicy: 'never' }, `waitPolicy "never": give 'adaptive' or 'fixed'.`],
    [{ execution: 'fork' }, `execution "fork": give 'process' or 'thread' or 'inline'.`],
    [
      { execution: 'thread', recycle: { maxRssBytes: 1 } },
      'recycle.maxRssBytes and execution "thread", which has no memory of its own to measure: ' +
        "recycle it by maxRequests or maxAgeMs, or give it execution 'process'.",
    ],
    [
      { autoscale: { min: 1, max: 2, targetQueueWaitMs: 1 }, env: [{}] },
      'env for 1 of its 2 replicas: give one map per replica, {} for none.',
    ],
    [{ autoscale: { min: 0, max: 2, targetQueueWaitMs: 1 } }, 'autoscale.min "0": give an integer of at least 1.'],
    [{ autoscale: { min: 3, max: 2, targetQueueWaitMs: 1 } }, 'autoscale.max "2": give an integer of at least 3.'],
    [{ autoscale: { min: 1, max: 2 } }, 'autoscale without targetQueueWaitMs: give a time in milliseconds.'],
    [
      { replicas: 5, autoscale: { min: 1, max: 2, targetQueueWaitMs: 1 } },
      'replicas 5 outside its autoscale from 1 to 2: give a number within, or leave replicas out.',
    ],
    [
      { execution: 'inline', autoscale: { min: 1, max: 2, targetQueueWaitMs: 1 } },
      "autoscale and execution 'inline', where more replicas would not compute more: give it execution 'process' or 'thread'.",
    ],
    [{ replicas: 2, env: [{}] }, 'env for 1 of its 2 replicas: give one map per replica, {} for none.'],
    [
      { replicas: 2, env: [{}, { DEVICE: 1 }] },
      'env variable "DEVICE" of replica 2 with a number value: give a string.',
    ],
    [{ codec: [] }, 'an empty list of codecs: name at least one, or leave codec out.'],
    [{ codec: {} }, `codec "undefined", which is no codec: ${SHAPE}`],
    [{ codec: [codec('json'), { ...codec('x'), decode: 1 }] }, `codec "x", which is no codec: ${SHAPE}`],
    [
      { codec: structuredClone },
      'codec "structuredClone" with mediaType "undefined": give one such as \'application/json\'.',
    ],
    [
      { codec: { ...codec('x'), mediaType: 'json' } },
      'codec "x" with mediaType "json": give one such as \'application/json\'.',
    ],
    [
      { codec: { ...codec('x'), accepts: ['y'] } },
      'codec "x" with mediaType "y": give one such as \'application/json\'.',
    ],
    [
      { codec: { ...codec('x'), mediaType: 'image/*' } },
      'codec "x" for "image/*", which cannot be the type of an answer: name one type, or set readOnly.',
    ],
    [{ ipc: 'redis' }, `ipc "undefined", which is no codec: ${SHAPE}`],
    [{ ipc: codec('n'.repeat(201)) }, `ipc "${'n'.repeat(201)}", which is no codec: ${SHAPE}`],
    [{ ipc: codec('msgpack') }, 'an ipc codec of its own named "msgpack", as a codec of this package is: rename it.'],
    [{ codec: [codec('json'), codec('json')] }, 'two codecs named "json": remove or rename one of them.'],
  ])('should refuse %o', (options, message) => {
    expect(check(options)).toThrow(new MosecConfigurationError(`Stage "Classify" has ${message}`));
  });
});
