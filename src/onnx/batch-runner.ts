import type { NdArray } from '#libs/codec';
import type { BatchAxes } from './batch-axis.js';
import { groupItems } from './batch-plan.js';
import { itemSignature } from './item-signature.js';
import type { OnnxSession } from './onnx-session.js';
import { padToLongest, resize } from './pad.js';
import { split, stack } from './stack.js';
import type { ModelSignature } from './tensor-spec.js';
import type { Tensors } from './tensors.js';

/** Runs items through a model, as many at once as it takes. */
export class BatchRunner {
  private readonly item: ModelSignature;
  private readonly padded: ReadonlySet<string>;

  /** @param pad inputs that are filled up to the longest of the batch, and with what */
  constructor(
    private readonly session: OnnxSession,
    private readonly axes: BatchAxes | undefined,
    private readonly pad: Readonly<Record<string, number>> = {},
  ) {
    this.item = itemSignature(session, axes);
    this.padded = new Set(Object.keys(pad));
  }

  /** @returns the outputs of each item, or why its run failed */
  async run(items: readonly Tensors[]): Promise<(Tensors | Error)[]> {
    const { axes } = this;
    const results: (Tensors | Error)[] = [];
    const groups = axes ? groupItems(items, this.padded, axes.size) : items.map((_, index) => [index]);
    for (const group of groups) {
      const members = group.map((index) => items[index] as Tensors);
      const outcome = await this.runGroup(members, axes).catch((error: unknown) => error as Error);
      group.forEach((index, n) => (results[index] = outcome instanceof Error ? outcome : (outcome[n] as Tensors)));
    }
    return results;
  }

  private async runGroup(members: readonly Tensors[], axes: BatchAxes | undefined): Promise<Tensors[]> {
    if (!axes) return [await this.session.run(members[0] as Tensors)];
    const outputs = await this.session.run(this.feeds(members, axes));
    const columns = Object.entries(outputs).map(([name, output]) => ({
      name,
      rows: this.rows(name, output, axes, members.length),
    }));
    return members.map((member, n) =>
      Object.fromEntries(columns.map(({ name, rows }) => [name, this.cut(name, rows[n] as NdArray, member)])),
    );
  }

  /** A fixed batch size is filled up with the last member. */
  private feeds(members: readonly Tensors[], { size = members.length, inputs }: BatchAxes): Tensors {
    const filled = Array.from({ length: size }, (_, n) => members[Math.min(n, members.length - 1)] as Tensors);
    return Object.fromEntries(
      this.item.inputs.map(({ name }) => {
        const arrays = filled.map((member) => member[name] as NdArray);
        const value = this.pad[name];
        return [name, stack(value === undefined ? arrays : padToLongest(arrays, value), inputs[name])];
      }),
    );
  }

  private rows(name: string, output: NdArray, { size, outputs }: BatchAxes, count: number): NdArray[] {
    const axis = outputs[name] ?? 0;
    const expected = size ?? count;
    if (output.shape[axis] === expected) return split(output, axis);
    throw new Error(
      `Model "${this.session.model}" gave output "${name}" of [${output.shape.join(', ')}] for ${expected} items: ` +
        `its dimension ${axis} does not count them, so name the right one with batchDimension.`,
    );
  }

  /** Padding that went through the model to a dimension of the same name is taken off. */
  private cut(name: string, row: NdArray, member: Tensors): NdArray {
    if (this.padded.size === 0) return row;
    const spec = this.item.outputs.find((output) => output.name === name);
    return resize(
      row,
      row.shape.map((size, axis) => this.sizeIn(member, spec?.shape[axis]) ?? size),
    );
  }

  private sizeIn(member: Tensors, dimension: number | string | undefined): number | undefined {
    if (typeof dimension !== 'string' || dimension === '') return undefined;
    for (const { name, shape } of this.item.inputs) {
      const axis = shape.indexOf(dimension);
      if (axis >= 0 && this.padded.has(name)) return member[name]?.shape[axis];
    }
    return undefined;
  }
}
