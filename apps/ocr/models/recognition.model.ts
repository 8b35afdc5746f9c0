import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { StepScores } from '../recognition/ctc-decode.js';
import { LINE_HEIGHT } from '../recognition/line-view.js';
import { modelDirectory } from './model-files.js';
import { SESSION_OPTIONS } from './session-options.js';

/** PP-OCRv4 recognition: for each step along a line, how likely each character is. */
@Injectable()
export class RecognitionModel implements OnModuleInit, OnModuleDestroy {
  /** Character of each class; class 0 is the CTC blank, the last one the space. */
  charset: readonly string[] = [];
  private session!: InferenceSession;

  async onModuleInit(): Promise<void> {
    const directory = modelDirectory();
    const file = join(directory, 'ch_PP-OCRv4_rec_infer.onnx');
    this.session = await InferenceSession.create(file, SESSION_OPTIONS);
    const keys = await readFile(join(directory, 'ppocr_keys_v1.txt'), 'utf8');
    this.charset = ['', ...keys.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  }

  /** @param planes `[1, 3, 48, width]` */
  async run(planes: Float32Array, width: number): Promise<StepScores> {
    const [input, output] = [this.session.inputNames[0]!, this.session.outputNames[0]!];
    const answer = await this.session.run({ [input]: new Tensor('float32', planes, [1, 3, LINE_HEIGHT, width]) });
    const { data, dims } = answer[output]!;
    return { data: data as Float32Array, steps: dims[1]!, classes: dims[2]! };
  }

  async onModuleDestroy(): Promise<void> {
    await this.session.release();
  }
}
