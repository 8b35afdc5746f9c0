import { Injectable } from '@nestjs/common';
import type { NdArray } from 'nestjs-mosec';
import { OnnxSession, split, type TensorSpec } from 'nestjs-mosec/onnx';
import { CONTEXT } from '../text/token-ids.js';
import { numbersAs } from './numbers-as.js';

/** CLIP: what a text means, an embedding per token. */
@Injectable()
export class TextEncoder {
  constructor(private readonly model: OnnxSession) {}

  /** @param texts as ids, `CONTEXT` each @returns of each text an array `[77, width]` */
  async encode(texts: readonly (readonly number[])[]): Promise<NdArray[]> {
    const input = this.model.inputs[0] as TensorSpec;
    const ids = numbersAs(input, [texts.length, CONTEXT], texts.flat());
    const { last_hidden_state } = await this.model.run({ [input.name]: ids }, ['last_hidden_state']);
    return split(last_hidden_state);
  }
}
