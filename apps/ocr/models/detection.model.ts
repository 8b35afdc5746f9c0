import { join } from 'node:path';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ProbabilityMap } from '../detection/connected-components.js';
import { modelDirectory } from './model-files.js';
import { SESSION_OPTIONS } from './session-options.js';

/** PP-OCRv4 detection: how likely each pixel belongs to the middle of a text line. */
@Injectable()
export class DetectionModel implements OnModuleInit, OnModuleDestroy {
  private session!: InferenceSession;

  async onModuleInit(): Promise<void> {
    const file = join(modelDirectory(), 'ch_PP-OCRv4_det_infer.onnx');
    this.session = await InferenceSession.create(file, SESSION_OPTIONS);
  }

  /** @param planes `[1, 3, height, width]`, both sides multiples of 32 */
  async run(planes: Float32Array, width: number, height: number): Promise<ProbabilityMap> {
    const [input, output] = [this.session.inputNames[0]!, this.session.outputNames[0]!];
    const answer = await this.session.run({ [input]: new Tensor('float32', planes, [1, 3, height, width]) });
    return { width, height, data: answer[output]!.data as Float32Array };
  }

  async onModuleDestroy(): Promise<void> {
    await this.session.release();
  }
}
