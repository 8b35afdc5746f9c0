import { mkdir, writeFile } from 'node:fs/promises';
import { encodeModel, floats, ints, node } from '../onnx/index.js';
import { COLOURS, tokenizerConfig, tokenizerJson, VOCABULARY } from './clip-tokenizer.js';

const WIDTH = 8;
const CONTEXT = 77;
const LATENTS = 4;
const TRAINING_STEPS = 1000;
/** Channels of the ballast: work that makes a step of a large picture last, and changes nothing. */
const BALLAST = 64;

/**
 * Writes a folder as an exporter makes it of Stable Diffusion 1: tokenizer, text encoder, UNet and VAE decoder of the same
 * signatures. Text and picture are colours: "red" is drawn as a red area, "blank" adds nothing.
 */
export async function writeStableDiffusion(folder: string): Promise<void> {
  const models = { text_encoder: textEncoder(), unet: unet(), vae_decoder: vaeDecoder() };
  for (const [name, model] of Object.entries(models)) {
    await mkdir(`${folder}/${name}`, { recursive: true });
    await writeFile(`${folder}/${name}/model.onnx`, model);
  }
  await mkdir(`${folder}/tokenizer`, { recursive: true });
  await writeFile(`${folder}/tokenizer/tokenizer.json`, JSON.stringify(tokenizerJson));
  await writeFile(`${folder}/tokenizer/tokenizer_config.json`, JSON.stringify(tokenizerConfig));
}

/** Each token's embedding is its colour, in the latents' scale; tokens without one are zero. */
function textEncoder(): Buffer {
  const table = new Float32Array(VOCABULARY.length * WIDTH);
  for (const [word, rgb] of Object.entries(COLOURS)) table.set(rgb, VOCABULARY.indexOf(`${word}</w>`) * WIDTH);
  return encodeModel({
    inputs: { input_ids: { dtype: 'int32', shape: ['batch', CONTEXT] } },
    outputs: {
      last_hidden_state: { dtype: 'float32', shape: ['batch', CONTEXT, WIDTH] },
      pooler_output: { dtype: 'float32', shape: ['batch', WIDTH] },
    },
    initialisers: { table: floats([VOCABULARY.length, WIDTH], table) },
    nodes: [
      node('Gather', ['table', 'input_ids'], ['last_hidden_state']),
      node('ReduceMean', ['last_hidden_state'], ['pooler_output'], { axes: [1], keepdims: 0 }),
    ],
  });
}

/** Knows the picture that a text asks for, the sum of its embeddings: what else is in the latents, it calls noise. */
function unet(): Buffer {
  const shares = signalShares();
  return encodeModel({
    inputs: {
      sample: { dtype: 'float32', shape: ['batch', LATENTS, 'height', 'width'] },
      timestep: { dtype: 'int64', shape: ['steps'] },
      encoder_hidden_states: { dtype: 'float32', shape: ['batch', CONTEXT, WIDTH] },
    },
    outputs: { out_sample: { dtype: 'float32', shape: ['batch', LATENTS, 'height', 'width'] } },
    initialisers: {
      signal: floats([TRAINING_STEPS], shares.map(Math.sqrt)),
      noise: floats(
        [TRAINING_STEPS],
        shares.map((share) => Math.sqrt(1 - share)),
      ),
      tokens: ints([1], [1]),
      start: ints([1], [0]),
      end: ints([1], [LATENTS]),
      axis: ints([1], [1]),
      planes: ints([4], [0, LATENTS, 1, 1]),
      widen: floats([BALLAST, LATENTS, 3, 3], new Float32Array(BALLAST * LATENTS * 9)),
      ballast: floats([BALLAST, BALLAST, 3, 3], new Float32Array(BALLAST * BALLAST * 9)),
      narrow: floats([LATENTS, BALLAST, 1, 1], new Float32Array(BALLAST * LATENTS)),
    },
    nodes: [
      node('ReduceSum', ['encoder_hidden_states', 'tokens'], ['meaning'], { keepdims: 0 }),
      node('Slice', ['meaning', 'start', 'end', 'axis'], ['colour']),
      node('Reshape', ['colour', 'planes'], ['picture']),
      node('Gather', ['signal', 'timestep'], ['signal_now']),
      node('Gather', ['noise', 'timestep'], ['noise_now']),
      node('Mul', ['picture', 'signal_now'], ['clean']),
      node('Sub', ['sample', 'clean'], ['rest']),
      node('Div', ['rest', 'noise_now'], ['predicted']),
      node('Conv', ['sample', 'widen'], ['wide'], { pads: [1, 1, 1, 1] }),
      node('Conv', ['wide', 'ballast'], ['heavy'], { pads: [1, 1, 1, 1] }),
      node('Conv', ['heavy', 'narrow'], ['nothing']),
      node('Add', ['predicted', 'nothing'], ['out_sample']),
    ],
  });
}

/** The first three latents are red, green and blue; each becomes eight by eight pixels. */
function vaeDecoder(): Buffer {
  const colours = Float32Array.from({ length: 3 * LATENTS }, (_, i) =>
    Math.floor(i / LATENTS) === i % LATENTS ? 1 : 0,
  );
  return encodeModel({
    inputs: { latent_sample: { dtype: 'float32', shape: ['batch', LATENTS, 'height', 'width'] } },
    outputs: { sample: { dtype: 'float32', shape: ['batch', 3, 'H', 'W'] } },
    initialisers: {
      colours: floats([3, LATENTS, 1, 1], colours),
      scale: floats([1], [0.18215]),
      sizes: floats([4], [1, 1, 8, 8]),
    },
    nodes: [
      node('Mul', ['latent_sample', 'scale'], ['scaled']),
      node('Conv', ['scaled', 'colours'], ['small']),
      node('Resize', ['small', '', 'sizes'], ['sample'], { mode: 'nearest' }),
    ],
  });
}

/** Of the training of Stable Diffusion, computed apart from the example. */
function signalShares(): number[] {
  const shares: number[] = [];
  for (let t = 0, share = 1; t < TRAINING_STEPS; t++) {
    const beta = (0.00085 ** 0.5 + (t / 999) * (0.012 ** 0.5 - 0.00085 ** 0.5)) ** 2;
    shares.push((share *= 1 - beta));
  }
  return shares;
}
