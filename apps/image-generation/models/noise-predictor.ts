import { Injectable } from '@nestjs/common';
import type { NdArray } from 'nestjs-mosec';
import { InjectOnnxSession, OnnxSession, split, stack, type TensorSpec } from 'nestjs-mosec/onnx';
import { numbersAs } from './numbers-as.js';

/** The UNet: which part of noisy latents is noise, under the condition of a text. */
@Injectable()
export class NoisePredictor {
  private readonly timestep: TensorSpec;

  constructor(@InjectOnnxSession('unet') private readonly unet: OnnxSession) {
    this.timestep = unet.inputs.find(({ name }) => name === 'timestep') as TensorSpec;
    if (!this.timestep)
      throw new Error(`Model "${unet.model}" has no input "timestep": give a UNet of Stable Diffusion.`);
  }

  async predict(latents: readonly NdArray[], timestep: number, texts: readonly NdArray[]): Promise<Float32Array[]> {
    // Some exports take a number alone, some a list of one.
    const shape = this.timestep.shape.map(() => 1);
    const { out_sample } = await this.unet.run(
      {
        sample: stack(latents),
        timestep: numbersAs(this.timestep, shape, [timestep]),
        encoder_hidden_states: stack(texts),
      },
      ['out_sample'],
    );
    return split(out_sample).map(({ data }) => data as Float32Array);
  }
}
