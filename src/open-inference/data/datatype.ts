import type { Tensor } from '../tensor.js';

/** Name of an element type in the Open Inference protocol (https://github.com/kserve/open-inference-protocol). @publicApi */
export type DatatypeName =
  | 'BOOL'
  | 'UINT8'
  | 'UINT16'
  | 'UINT32'
  | 'UINT64'
  | 'INT8'
  | 'INT16'
  | 'INT32'
  | 'INT64'
  | 'FP16'
  | 'BF16'
  | 'FP32'
  | 'FP64'
  | 'BYTES';

/** The elements of a tensor in row-major order. */
export type TensorData = Tensor['data'];

/** How an element type stands in bodies, and as what a stage sees it. Refusals are texts about the data alone. */
export interface Datatype {
  readonly name: DatatypeName;
  /** `dtype` of the arrays that stages see. */
  readonly dtype: Tensor['dtype'];
  /** Whether JSON has a form for its elements. */
  readonly hasJson: boolean;
  /** Bytes of an element in binary form; undefined where they vary. */
  readonly elementBytes: number | undefined;
  /** Whether `data` is what a stage has to return. */
  isData(data: unknown): data is TensorData;
  /**
   * @param elements flat
   * @param exact gives `elements` again, with the numbers that a double cannot hold as their digits
   * @throws RangeError what is wrong with an element
   */
  fromJson(elements: readonly unknown[], exact: () => readonly unknown[]): TensorData;
  /** @throws RangeError naming what JSON has no form for @returns comma-separated */
  toJson(data: TensorData): string;
  /** @throws RangeError where the bytes are not those of `count` elements @returns a view of the bytes if it can be */
  fromBinary(bytes: Buffer, count: number): TensorData;
  /** The binary form in parts, views of the data where that saves a copy. */
  toBinary(data: TensorData): readonly Uint8Array[];
}
