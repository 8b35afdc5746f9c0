import { randomInt } from 'node:crypto';
import { json, msgpack, Stage, type BatchStage, type NdArray } from 'nestjs-mosec';
import { OnnxModule } from 'nestjs-mosec/onnx';
import { GenerationRequest } from '../dto/generation-request.dto.js';
import { modelFile } from '../models/model-file.js';
import { TextEncoder } from '../models/text-encoder.js';
import { ClipTokenizer } from '../text/clip-tokenizer.js';
import type { Conditioning } from './conditioning.js';

const SEEDS = 2 ** 32;

/** Text in, embeddings out. */
@Stage({
  codec: [json, msgpack],
  input: GenerationRequest,
  maxBatchSize: 8,
  imports: [OnnxModule.forFile(() => modelFile('text_encoder/model.onnx'))],
  providers: [ClipTokenizer, TextEncoder],
})
export class EncodePrompt implements BatchStage<GenerationRequest, Conditioning> {
  readonly example: GenerationRequest = { prompt: 'a cat', steps: 1, seed: 0 };

  constructor(
    private readonly tokenizer: ClipTokenizer,
    private readonly encoder: TextEncoder,
  ) {}

  async forwardBatch(requests: GenerationRequest[]): Promise<Conditioning[]> {
    const texts = [
      ...requests.map(({ prompt }) => prompt),
      ...requests.map(({ negativePrompt = '' }) => negativePrompt),
    ];
    const embeddings = await this.encoder.encode(texts.map((text) => this.tokenizer.encode(text)));
    return requests.map(({ guidance = 7.5, steps = 25, seed = randomInt(SEEDS), width = 512, height = 512 }, i) => {
      const [positive, negative] = [embeddings[i], embeddings[requests.length + i]] as [NdArray, NdArray];
      return { positive, negative, guidance, steps, seed, width, height };
    });
  }
}
