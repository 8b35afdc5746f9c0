import type { FactoryProvider } from '@nestjs/common';
import type { NdArray } from 'nestjs-mosec';
import { getOnnxSessionToken, OnnxModule, type OnnxSession } from 'nestjs-mosec/onnx';
import { BATCH_SIZES, paddedSize } from '../batch-sizes.js';
import { modelFile } from '../model-file.js';

const nameOf = (size: number): string => `batch-${size}`;

/** The same file once for each batch size: with `batch` fixed, onnxruntime plans memory and operators for that size. */
export const sessions = () =>
  BATCH_SIZES.map((size) =>
    OnnxModule.forFile(modelFile, { name: nameOf(size), session: { freeDimensionOverrides: { batch: size } } }),
  );

/** Runs a batch in the session that was compiled for its padded size. */
export class CompiledModel {
  constructor(private readonly bySize: ReadonlyMap<number, OnnxSession>) {}

  /** @param rows one input each @returns the category of each, and the size it was computed in */
  async run(rows: readonly (readonly number[])[]): Promise<{ categories: number[]; size: number }> {
    const size = paddedSize(rows.length);
    const width = rows[0]!.length;
    const x: NdArray = { dtype: 'float32', shape: [size, width], data: new Float32Array(size * width) };
    rows.forEach((row, index) => x.data.set(row, index * width));
    const { category } = await this.bySize.get(size)!.run({ x }, ['category']);
    const all = category.data as BigInt64Array;
    return { categories: Array.from(all.subarray(0, rows.length), Number), size };
  }
}

export const compiledModel: FactoryProvider<CompiledModel> = {
  provide: CompiledModel,
  inject: BATCH_SIZES.map((size) => getOnnxSessionToken(nameOf(size))),
  useFactory: (...loaded: OnnxSession[]) =>
    new CompiledModel(new Map(BATCH_SIZES.map((size, i) => [size, loaded[i]!]))),
};
