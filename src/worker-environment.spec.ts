import { describe, expect, it } from 'vitest';
import { threadEnvironment, workerEnvironment, workerExecArgv } from './worker-environment.js';

describe('when the environment of a worker is made', () => {
  it("should be the gateway's with its own over it, marked as a worker's", () => {
    const own = { PATH: '/bin', DEVICE: 'cpu' };
    expect(workerEnvironment(own, { DEVICE: 'gpu1' })).toMatchObject({
      PATH: '/bin',
      DEVICE: 'gpu1',
      MOSEC_WORKER: '1',
    });
  });

  it('should leave nothing behind for the gateway and for its siblings', () => {
    const own = { PATH: '/bin' };
    workerEnvironment(own, { CUDA_VISIBLE_DEVICES: '0' });
    expect(own).toEqual({ PATH: '/bin' });
    expect(workerEnvironment(own)).not.toHaveProperty('CUDA_VISIBLE_DEVICES');
  });

  it('should not start an inspector, whose port would clash', () => {
    const options = '--inspect --inspect-port 9230 --max-old-space-size=512 --inspect-brk=0 --inspector-like';
    expect(workerEnvironment({ NODE_OPTIONS: options })).toMatchObject({
      NODE_OPTIONS: '--max-old-space-size=512 --inspector-like',
    });
    expect(workerEnvironment({})).not.toHaveProperty('NODE_OPTIONS');
    expect(workerEnvironment({}, { NODE_OPTIONS: '--inspect=0' })).toMatchObject({ NODE_OPTIONS: '--inspect=0' });
  });

  it('should be a worker whatever its own variables say', () => {
    expect(workerEnvironment({}, { MOSEC_WORKER: '' })).toMatchObject({ MOSEC_WORKER: '1' });
  });
});

describe('when the Node options of a worker are made', () => {
  it("should be the gateway's without those of the inspector, whose port would clash", () => {
    const own = [
      '--enable-source-maps',
      '--inspect',
      '--inspect-brk=9229',
      '--import',
      './hook.js',
      '--inspect-port=0',
      '--debug-port',
      '0',
    ];
    expect(workerExecArgv(own)).toEqual(['--enable-source-maps', '--import', './hook.js']);
  });
});

describe('when the environment of a thread is made', () => {
  it("should be a copy with its own over it, and the process's options of Node", () => {
    const own = { NODE_OPTIONS: '--inspect=0', DEVICE: 'cpu' };
    expect(threadEnvironment(own, { DEVICE: 'gpu1' })).toEqual({ ...own, DEVICE: 'gpu1', MOSEC_WORKER: '1' });
    expect(own).toEqual({ NODE_OPTIONS: '--inspect=0', DEVICE: 'cpu' });
  });
});
