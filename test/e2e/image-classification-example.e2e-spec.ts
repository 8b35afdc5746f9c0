import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { AppProcess } from '../support/app-process.js';
import { writeImageClassifier } from '../support/models/image-classifier.js';
import { post } from '../support/post.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

const APP = 'apps/image-classification';

describe('when the example for image classification runs', () => {
  let app: AppProcess;
  let models: string;

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), 'classifier-'));
    await writeImageClassifier(models);
    app = await startReadmeExample(await readmeExample(APP), { MODEL_DIR: models });
  });
  afterAll(async () => {
    await app?.stop();
    await rm(models, { recursive: true });
  });

  const classify = (body: Uint8Array, type = 'image/png') =>
    post(`${app.url}/classify`, body, { 'content-type': type });
  const picture = (background: string, width = 300, height = 200): Promise<Uint8Array> =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();

  it('should answer each request as its README says', async () => {
    const { requests } = await readmeExample(APP);
    expect(requests).toHaveLength(4);
    for (const request of requests) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it.each([
    ['#cc1a26', 'strawberry'],
    ['#8cbf40', 'Granny Smith'],
    ['#593359', 'fig'],
  ])('should know %s as %s, also among others in a batch', async (colour, label) => {
    const pictures = await Promise.all([colour, '#f2d94d', colour, '#f2d94d'].map((each) => picture(each)));
    const answers = await Promise.all(pictures.map((each) => classify(each)));
    const first = answers.map(({ json }) => (json as { predictions: { label: string }[] }).predictions[0]?.label);
    expect(first).toEqual([label, 'lemon', label, 'lemon']);
  });

  it('should refuse what is no image, cut off, too large, or missing, each by itself', async () => {
    const whole = await sharp({ create: { width: 200, height: 200, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    expect(await classify(whole.subarray(0, whole.length / 2), 'image/jpeg')).toMatchObject({ status: 400 });
    expect(await classify(await picture('red', 9000, 9000))).toMatchObject({ status: 422 });
    const empty = await post(`${app.url}/classify`, Buffer.from([0x80]), { 'content-type': 'application/msgpack' });
    expect(empty.json).toMatchObject({
      statusCode: 422,
      message: expect.stringContaining('image must be the bytes') as string,
    });
    expect(await classify(whole, 'text/html')).toMatchObject({ status: 415 });
  });
});
