import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Test } from '@nestjs/testing';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { NdArray } from '#libs/codec';
import { encodeModel, ModelFolder, node } from '../../test/support/onnx/index.js';
import { getOnnxSessionToken, OnnxModule, OnnxSession } from './index.js';
import { linear } from './models.fixture.js';
import { openSession } from './open-session.js';
import { threadBudget } from './thread-budget.js';

const folder = new ModelFolder();
const model = folder.write('linear.onnx', linear());
const x: NdArray = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) };

afterEach(() => vi.restoreAllMocks());
afterAll(() => folder.remove());

describe('when a session runs', () => {
  it('should take and give arrays, or take a tensor of onnxruntime', async () => {
    const session = await openSession(model, {}, 1);
    const expected = { y: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 21) } };
    expect(await session.run({ x })).toEqual(expected);
    expect(await session.run({ x: new Tensor('float32', [1, 2], [1, 2]) }, ['y'])).toEqual(expected);
    await session.onModuleDestroy();
  });

  it('should check its inputs', async () => {
    const session = await openSession(model, {}, 1);
    const wide: NdArray = { dtype: 'float32', shape: [1, 3], data: new Float32Array(3) };
    await expect(session.run({ x: wide })).rejects.toThrow(
      'Model "linear" takes input "x" as float32 [batch, 2], and was given float32 [1, 3].',
    );
    await session.onModuleDestroy();
  });

  it('should say where strings are to be read', async () => {
    const port = { dtype: 'string', shape: ['n'] } as const;
    const graph = { inputs: { s: port }, outputs: { t: port }, nodes: [node('Identity', ['s'], ['t'])] };
    const session = await openSession(folder.write('text.onnx', encodeModel(graph)), {}, 1);
    const feeds = { s: new Tensor('string', ['a'], [1]) };
    await expect(session.run(feeds)).rejects.toThrow('Output "t" holds strings');
    expect((await session.native.run(feeds))['t']?.data).toEqual(['a']);
    await session.onModuleDestroy();
  });
});

describe('when a session is opened', () => {
  const options = async (given: Parameters<typeof openSession>[1], replicas: number) => {
    const create = vi.spyOn(InferenceSession, 'create');
    const session = await openSession(model, given, replicas);
    await session.onModuleDestroy();
    return create.mock.calls[0]?.[1 as never] as InferenceSession.SessionOptions;
  };

  it('should share the cores among the replicas', async () => {
    expect(await options({}, 2)).toMatchObject({ intraOpNumThreads: threadBudget(availableParallelism(), 2) });
  });

  it('should do as its options say', async () => {
    const given = { threads: 3, session: { graphOptimizationLevel: 'basic' as const } };
    expect(await options(given, 1)).toMatchObject({ intraOpNumThreads: 3, graphOptimizationLevel: 'basic' });
  });

  it('should name a file that cannot be loaded', async () => {
    const path = folder.write('broken.onnx', Buffer.from('no model'));
    await expect(openSession(path, {}, 1)).rejects.toThrow(/^Model file ".*broken.onnx" cannot be loaded, /);
  });
});

describe('when cores are shared out', () => {
  it.each([
    [8, 1, 8],
    [8, 3, 2],
    [2, 4, 1],
  ])('should be, of %i among %i, %i each', (cores, replicas, threads) => {
    expect(threadBudget(cores, replicas)).toBe(threads);
  });
});

describe('when a module holds several sessions', () => {
  it('should provide each under its name, and release them when it is closed', async () => {
    const imports = [OnnxModule.forFile(model), OnnxModule.forFile(model, { name: 'second', threads: 1 })];
    const moduleRef = await Test.createTestingModule({ imports }).compile();
    const sessions = [OnnxSession, getOnnxSessionToken('second')].map((token) =>
      moduleRef.get<OnnxSession>(token, { strict: false }),
    );
    expect(sessions.map((session) => session.model)).toEqual(['linear', 'linear']);
    expect(sessions[0]).not.toBe(sessions[1]);
    const released = sessions.map((session) => vi.spyOn(session.native, 'release'));
    await moduleRef.close();
    for (const release of released) expect(release).toHaveBeenCalledOnce();
  });
});
