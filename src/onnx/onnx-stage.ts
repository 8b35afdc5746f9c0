import { Inject, Injectable } from '@nestjs/common';
import type { BatchStage } from '#libs/contracts';
import { setStageBase } from '../decorators/stage-base.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { WorkerContext } from '../worker/worker-context.js';
import { findBatchAxes } from './batch-axis.js';
import { BatchRunner } from './batch-runner.js';
import { exampleItem } from './example-item.js';
import { inputSchema, outputSchema } from './item-schema.js';
import { jsonTensors } from './json-tensors.codec.js';
import type { OnnxStageOptions } from './onnx-stage-options.interface.js';
import { OnnxModule } from './onnx.module.js';
import { OnnxSession } from './onnx-session.js';
import { StageModel } from './stage-model.js';
import { setStageModel } from './stage-model-of.js';
import type { Tensors } from './tensors.js';

/** A stage that runs an ONNX model. @publicApi */
export interface OnnxBatchStage extends BatchStage<Tensors, Tensors> {
  readonly session: OnnxSession;
}

/** What `onnxStage` makes: a class to extend. @publicApi */
export type OnnxStageClass = new (session: OnnxSession, worker: WorkerContext) => OnnxBatchStage;

/**
 * The base class of a stage that serves an ONNX file: items are arrays by name of input, without the batch dimension
 * (in JSON: nested lists), and so are results by name of output. Brings `input`, `output`, `codec` and the session along;
 * options of `@Stage` go before.
 *
 * @example
 * @Stage({ maxBatchSize: 32, maxWaitMs: 5 })
 * export class Classify extends onnxStage({ model: 'models/classifier.onnx', warmUp: [1, 8, 32] }) {}
 * @publicApi
 */
export function onnxStage(options: OnnxStageOptions): OnnxStageClass {
  const model = new StageModel(options);

  @Injectable()
  class OnnxStage implements OnnxBatchStage {
    readonly multiExamples: readonly (readonly Tensors[])[];
    private readonly runner: BatchRunner;

    constructor(
      @Inject(OnnxSession) readonly session: OnnxSession,
      @Inject(WorkerContext) worker: WorkerContext,
    ) {
      checkPadding(session, options);
      this.runner = new BatchRunner(
        session,
        findBatchAxes(session.model, session, options.batchDimension),
        options.pad,
      );
      this.multiExamples = exampleBatches(model, options, worker);
    }

    forwardBatch(items: Tensors[]): Promise<(Tensors | Error)[]> {
      return this.runner.run(items);
    }
  }

  setStageModel(OnnxStage, model);
  setStageBase(OnnxStage, {
    input: inputSchema(() => ({ name: model.name, specs: model.item.inputs })),
    output: outputSchema(() => ({ name: model.name, specs: model.item.outputs })),
    codec: jsonTensors,
    imports: [OnnxModule.forFile(options.model, { threads: options.threads, session: options.session })],
  });
  return OnnxStage;
}

function checkPadding(session: OnnxSession, { pad = {} }: OnnxStageOptions): void {
  const unknown = Object.keys(pad).find((name) => !session.inputs.some((input) => input.name === name));
  if (unknown === undefined) return;
  const names = session.inputs.map(({ name }) => `"${name}"`).join(', ');
  throw new MosecConfigurationError(
    `Model "${session.model}" has no input "${unknown}" to pad: its inputs are ${names}.`,
  );
}

function exampleBatches(
  model: StageModel,
  { warmUp, example, dimensions }: OnnxStageOptions,
  { stage, maxBatchSize }: WorkerContext,
): Tensors[][] {
  const sizes = warmUp ?? [...new Set([1, maxBatchSize])];
  const wrong = sizes.find((size) => !Number.isInteger(size) || size < 1 || size > maxBatchSize);
  if (wrong !== undefined) {
    throw new MosecConfigurationError(
      `Stage "${stage}" has ${wrong} in warmUp and batches of 1 to ${maxBatchSize}: raise its maxBatchSize, or leave it out.`,
    );
  }
  if (sizes.length === 0) return [];
  const item = example ?? exampleItem(model.name, model.item.inputs, dimensions);
  return sizes.map((size) => Array.from({ length: size }, () => item));
}
