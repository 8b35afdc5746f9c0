import { Inject } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Stage, WorkerContext } from '../index.js';
import { stageModule } from '../testing/index.js';
import type { NdArray } from '#libs/codec';
import { floats as floats32, ModelFolder, node, type Graph } from '../../test/support/onnx/index.js';
import { linear, masked } from './models.fixture.js';
import {
  OnnxSession,
  onnxStage,
  type Tensors,
  type OnnxBatchStage,
  type OnnxStageClass,
  type OnnxStageOptions,
} from './index.js';

const folder = new ModelFolder();
const closing: (() => Promise<void>)[] = [];

afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));
afterAll(() => folder.remove());

async function load(stageClass: OnnxStageClass): Promise<OnnxBatchStage> {
  const moduleRef = await Test.createTestingModule({ imports: [stageModule(stageClass)] }).compile();
  closing.push(() => moduleRef.close());
  return moduleRef.get<OnnxBatchStage>(stageClass, { strict: false });
}

function stageOf(options: OnnxStageOptions, maxBatchSize = 8): Promise<OnnxBatchStage> {
  @Stage({ maxBatchSize })
  class Served extends onnxStage(options) {}
  return load(Served);
}

const floats = (...data: number[]): NdArray => ({
  dtype: 'float32',
  shape: [data.length],
  data: Float32Array.from(data),
});
const ids = (...data: number[]): NdArray => ({
  dtype: 'int64',
  shape: [data.length],
  data: BigInt64Array.from(data.map(BigInt)),
});
const plain = (results: readonly unknown[]) =>
  (results as Record<string, NdArray>[]).map((result) =>
    Object.fromEntries(Object.entries(result).map(([name, { data }]) => [name, Array.from(data, Number)])),
  );
const runBatch = async (stage: OnnxBatchStage, items: Record<string, NdArray>[]) => stage.forwardBatch(items, []);

describe('when a model has a dynamic batch dimension', () => {
  it('should answer each item of a batch with its own outputs', async () => {
    const stage = await stageOf({ model: folder.write('linear.onnx', linear()) });
    const results = await runBatch(stage, [{ x: floats(1, 2) }, { x: floats(3, 4) }, { x: floats(5, 6) }]);
    expect(plain(results)).toEqual([{ y: [1, 21] }, { y: [3, 41] }, { y: [5, 61] }]);
    expect(results[0]).toMatchObject({ y: { dtype: 'float32', shape: [2] } });
  });

  it('should be warmed up with one item and a full batch of zeros', async () => {
    const stage = await stageOf({ model: folder.write('linear.onnx', linear()) }, 4);
    expect(stage.multiExamples?.map((batch) => batch.length)).toEqual([1, 4]);
    expect(plain(stage.multiExamples?.[0] as [])).toEqual([{ x: [0, 0] }]);
  });

  it('should refuse to be warmed up with more items than its batches hold', async () => {
    const starting = stageOf({ model: folder.write('linear.onnx', linear()), warmUp: [1, 16] });
    await expect(starting).rejects.toThrow('Stage "Served" has 16 in warmUp and batches of 1 to 8');
  });
});

describe.each([
  [1, 3],
  [2, 2],
  [4, 1],
])('when a model takes %i items at a time', (size, runs) => {
  it('should run a batch in parts, the last of them filled up', async () => {
    const stage = await stageOf({ model: folder.write(`fixed-${size}.onnx`, linear(size)) });
    const shapes: unknown[] = [];
    const { session } = stage;
    const run = session.run.bind(session);
    session.run = (feeds: Record<string, NdArray>) => {
      shapes.push(feeds['x']?.shape);
      return run(feeds);
    };
    const results = await runBatch(stage, [{ x: floats(1, 2) }, { x: floats(3, 4) }, { x: floats(5, 6) }]);
    expect(plain(results)).toEqual([{ y: [1, 21] }, { y: [3, 41] }, { y: [5, 61] }]);
    expect(shapes).toEqual(Array.from({ length: runs }, () => [size, 2]));
  });
});

describe('when items of a batch differ in length', () => {
  const item = (...data: number[]) => ({ ids: ids(...data), mask: ids(...data.map(() => 1)) });
  const expected = [
    { kept: [1, 2, 3], sum: [6] },
    { kept: [4], sum: [4] },
    { kept: [5, 6, 7], sum: [18] },
  ];
  const batch = [item(1, 2, 3), item(4), item(5, 6, 7)];

  it('should run those of one shape together', async () => {
    const stage = await stageOf({ model: folder.write('masked.onnx', masked), warmUp: [] });
    expect(plain(await runBatch(stage, batch))).toEqual(expected);
  });

  it('should pad inputs that are to be, and cut outputs back', async () => {
    const pad = { ids: 9, mask: 0 };
    const stage = await stageOf({ model: folder.write('masked.onnx', masked), pad, dimensions: { sequence: 4 } });
    expect(plain(await runBatch(stage, batch))).toEqual(expected);
    expect(stage.multiExamples?.[0]?.[0]).toMatchObject({ ids: { shape: [4] } });
  });

  it('should ask for the size to warm up with', async () => {
    const starting = stageOf({ model: folder.write('masked.onnx', masked) });
    await expect(starting).rejects.toThrow(
      'Model "masked" cannot be warmed up, as its input "ids" has the dynamic dimension "sequence": ' +
        'give its size in dimensions, or an example.',
    );
  });

  it('should refuse to pad an input that the model does not have', async () => {
    const starting = stageOf({ model: folder.write('masked.onnx', masked), pad: { typo: 0 }, warmUp: [] });
    await expect(starting).rejects.toThrow('Model "masked" has no input "typo" to pad: its inputs are "ids", "mask".');
  });
});

describe('when a stage adds to its base', () => {
  it('should have providers and a constructor of its own, and handle the items itself', async () => {
    const Served = onnxStage({ model: folder.write('linear.onnx', linear()) });

    @Stage({ providers: [{ provide: 'FACTOR', useValue: 2 }] })
    class Doubled extends Served {
      constructor(
        session: OnnxSession,
        worker: WorkerContext,
        @Inject('FACTOR') private readonly factor: number,
      ) {
        super(session, worker);
      }

      override forwardBatch(items: Tensors[]): ReturnType<OnnxBatchStage['forwardBatch']> {
        return super.forwardBatch(
          items.map(({ x }) => ({
            x: floats(...Array.from((x as NdArray<'float32'>).data, (value) => value * this.factor)),
          })),
          [],
        );
      }
    }
    const moduleRef = await Test.createTestingModule({ imports: [stageModule(Doubled)] }).compile();
    closing.push(() => moduleRef.close());
    const stage = moduleRef.get(Doubled, { strict: false });
    expect(plain(await runBatch(stage, [{ x: floats(1, 2) }]))).toEqual([{ y: [2, 41] }]);
  });
});

describe('when a run of a batch fails', () => {
  it('should fail its items alone', async () => {
    const stage = await stageOf({ model: folder.write('masked.onnx', masked), warmUp: [] });
    const run = stage.session.run.bind(stage.session);
    stage.session.run = (feeds: Record<string, NdArray>) => {
      if (feeds['ids']?.shape[1] === 1) throw new Error('out of memory');
      return run(feeds);
    };
    const results = await runBatch(stage, [
      { ids: ids(1, 2), mask: ids(1, 1) },
      { ids: ids(3), mask: ids(1) },
      { ids: ids(4, 5), mask: ids(1, 0) },
    ]);
    expect(results[1]).toEqual(new Error('out of memory'));
    expect(plain([results[0], results[2]])).toEqual([
      { kept: [1, 2], sum: [3] },
      { kept: [4, 0], sum: [4] },
    ]);
  });

  it('should name an output that does not count the items', async () => {
    const total: Graph = {
      inputs: { x: { dtype: 'float32', shape: ['batch', 2] } },
      outputs: { y: { dtype: 'float32', shape: [] } },
      nodes: [node('ReduceSum', ['x'], ['y'], { keepdims: 0 })],
    };
    const stage = await stageOf({ model: folder.write('total.onnx', total), warmUp: [] });
    const [result] = await runBatch(stage, [{ x: floats(1, 2) }, { x: floats(3, 4) }]);
    expect((result as Error).message).toBe(
      'Model "total" gave output "y" of [] for 2 items: its dimension 0 does not count them, ' +
        'so name the right one with batchDimension.',
    );
  });
});

describe('when a model takes one item at a time, as it is', () => {
  it('should run items one by one with batchDimension: false', async () => {
    const graph: Graph = {
      inputs: { x: { dtype: 'float32', shape: [3] } },
      outputs: { y: { dtype: 'float32', shape: [2] } },
      initialisers: { w: floats32([3, 2], [1, 0, 1, 0, 0, 1]) },
      nodes: [node('MatMul', ['x', 'w'], ['y'])],
    };
    const stage = await stageOf({ model: folder.write('vector.onnx', graph), batchDimension: false });
    expect(plain(await runBatch(stage, [{ x: floats(1, 2, 3) }, { x: floats(4, 5, 6) }]))).toEqual([
      { y: [3, 3] },
      { y: [9, 6] },
    ]);
  });
});

describe('when a model holds strings', () => {
  it('should be refused', async () => {
    const port = { dtype: 'string', shape: ['batch'] } as const;
    const graph: Graph = { inputs: { s: port }, outputs: { t: port }, nodes: [node('Identity', ['s'], ['t'])] };
    await expect(stageOf({ model: folder.write('text.onnx', graph) })).rejects.toThrow(
      'Model "text" holds strings in "s", which onnxStage cannot: write a stage with OnnxSession.',
    );
  });
});

describe('when the model file is missing', () => {
  it('should fail to load and name it', async () => {
    await expect(stageOf({ model: '/nowhere/model.onnx' })).rejects.toThrow(
      /^Model file "\/nowhere\/model.onnx" cannot be loaded, .*: give the path of an ONNX file\.$/s,
    );
  });
});
