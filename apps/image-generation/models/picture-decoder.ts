import { Injectable } from '@nestjs/common';
import type { NdArray } from 'nestjs-mosec';
import { InjectOnnxSession, OnnxSession, split, stack } from 'nestjs-mosec/onnx';
import { encodePng } from '../image/encode-png.js';

/** By which the latents were scaled in the training: `vae/config.json` of Stable Diffusion 1 and 2. */
const SCALING_FACTOR = 0.18215;

/** The decoder of the VAE: latents in, a picture out. One at a time, as it takes much more memory than the UNet. */
@Injectable()
export class PictureDecoder {
  constructor(@InjectOnnxSession('vae-decoder') private readonly vae: OnnxSession) {}

  /** @returns PNG */
  async decode(latents: NdArray<'float32'>): Promise<Uint8Array> {
    const scaled = { ...latents, data: latents.data.map((value) => value / SCALING_FACTOR) };
    const { sample } = await this.vae.run({ latent_sample: stack([scaled]) }, ['sample']);
    return encodePng(split(sample)[0]!);
  }
}
