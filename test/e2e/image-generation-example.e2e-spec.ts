import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from 'msgpackr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { writeStableDiffusion } from '../support/models/stable-diffusion.js';
import { ask, post } from '../support/post.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

const APP = 'apps/image-generation';
const JSON_TYPE = { 'content-type': 'application/json' };
const SMALL = { width: 64, height: 64, steps: 10, guidance: 1 };

interface Picture {
  readonly image: Buffer;
  readonly seed: number;
}

describe('when the example for image generation runs', () => {
  let app: AppProcess;
  let models: string;

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), 'diffusion-'));
    await writeStableDiffusion(models);
    app = await startReadmeExample(await readmeExample(APP), { MODEL_DIR: models });
  });
  afterAll(async () => {
    await app?.stop();
    await rm(models, { recursive: true });
  });

  async function generate(request: object): Promise<Picture> {
    const body = JSON.stringify({ ...SMALL, ...request });
    const response = await fetch(`${app.url}/generate`, { method: 'POST', headers: JSON_TYPE, body });
    expect(response.headers.get('content-type')).toBe('application/msgpack');
    return unpack(Buffer.from(await response.arrayBuffer())) as Picture;
  }
  /** Mean red, green and blue, from 0 to 255. */
  async function colourOf({ image }: Picture): Promise<number[]> {
    return (await sharp(image).stats()).channels.map(({ mean }) => mean);
  }

  it('should answer each request as its README says', async () => {
    const { requests } = await readmeExample(APP);
    expect(requests).toHaveLength(3);
    for (const request of requests) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it('should draw what the text says, as large as it is to be', async () => {
    const picture = await generate({ prompt: 'a  LIME', seed: 3, width: 128 });
    expect(await sharp(picture.image).metadata()).toMatchObject({ format: 'png', width: 128, height: 64 });
    const [red, green, blue] = await colourOf(picture);
    expect(red).toBeLessThan(12);
    expect(green).toBeGreaterThan(243);
    expect(blue).toBeLessThan(12);
  });

  it('should go beyond the prompt and away from the negative one with more guidance', async () => {
    const meanOf = async (request: object) => Math.round((await colourOf(await generate({ seed: 5, ...request })))[0]!);
    const near = (level: number) => Math.round(((level + 1) / 2) * 255);
    expect(Math.abs((await meanOf({ prompt: 'dark' })) - near(-0.4))).toBeLessThan(4);
    expect(Math.abs((await meanOf({ prompt: 'dark', guidance: 2 })) - near(-0.8))).toBeLessThan(4);
    expect(Math.abs((await meanOf({ prompt: '', negativePrompt: 'dark', guidance: 2 })) - near(0.4))).toBeLessThan(4);
  });

  it('should draw the same picture for a seed, alone and in a batch with others', async () => {
    const alone = await generate({ prompt: 'blue', seed: 9 });
    const prompts = ['red', 'blue', 'lime', 'dark', 'red', 'blue', 'lime', 'dark'];
    const together = await Promise.all(
      prompts.map((prompt, i) => generate({ prompt, seed: prompt === 'blue' ? 9 : i, steps: i === 4 ? 4 : 10 })),
    );
    expect(together[1]!.image.equals(alone.image)).toBe(true);
    expect(together[5]!.image.equals(alone.image)).toBe(true);
    expect(together[0]!.image.equals(together[4]!.image)).toBe(false);
    const { text } = await ask(`${app.url}/metrics`);
    const value = (name: string) =>
      Number(new RegExp(`^mosec_service_batch_size_${name}\\{stage="Generate".* (\\d+)$`, 'm').exec(text)?.[1]);
    expect(value('sum')).toBeGreaterThan(value('count'));
  });

  it('should choose a seed where none is given, and tell it', async () => {
    const first = await generate({ prompt: 'red' });
    const second = await generate({ prompt: 'red' });
    expect(first.image.equals(second.image)).toBe(false);
    expect((await generate({ prompt: 'red', seed: first.seed })).image.equals(first.image)).toBe(true);
  });

  it('should take a text that is too long for the encoder', async () => {
    const [red] = await colourOf(await generate({ prompt: `red ${'x '.repeat(500)}` }));
    expect(red).toBeGreaterThan(243);
  });

  it('should stop between two steps when the client leaves, and draw for the next', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${app.url}/generate/stream`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'x-request-id': 'leaver' },
      body: JSON.stringify({ prompt: 'red', steps: 250, width: 1024, height: 1024 }),
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    const line = await app.waitForLog(/the client of leaver has left: stopped after \d+ of 250 steps/);
    expect(Number(/after (\d+) of/.exec(line)![1])).toBeLessThan(250);
    expect((await generate({ prompt: 'red' })).image.length).toBeGreaterThan(0);
  });

  it('should refuse a request without a prompt', async () => {
    expect(await post(`${app.url}/generate`, {}, JSON_TYPE)).toMatchObject({ status: 422 });
  });
});
