import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { msgpack, type NdArray } from 'nestjs-mosec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { writeSegmentAnything } from '../support/models/segment-anything.js';
import { post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

const APP = 'apps/segmentation';
const [WIDTH, HEIGHT] = [200, 150];
/** Left, top, right, bottom. */
const BOX = [50, 25, 100, 125] as const;

interface Answer {
  readonly mask: NdArray<'bool'>;
  readonly score: number;
}

const inBox = (x: number, y: number): boolean => x >= BOX[0] && x < BOX[2] && y >= BOX[1] && y < BOX[3];

/** A green box on black. */
function boxes(): NdArray {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) if (inBox(i % WIDTH, Math.floor(i / WIDTH))) data[i * 3 + 1] = 200;
  return { dtype: 'uint8', shape: [HEIGHT, WIDTH, 3], data };
}
const at = (x: number, y: number): NdArray => ({ dtype: 'float64', shape: [1, 2], data: Float64Array.of(x, y) });

/** Pixels that both have, as a share of those that one has: 1 where mask and truth are the same. */
function overlap({ data }: NdArray<'bool'>, truth: (x: number, y: number) => boolean): number {
  let [both, either] = [0, 0];
  data.forEach((on, i) => {
    const expected = truth(i % WIDTH, Math.floor(i / WIDTH));
    if (on === 1 && expected) both++;
    if (on === 1 || expected) either++;
  });
  return both / either;
}

describe('when the example for segmentation runs', () => {
  let app: AppProcess;
  let models: string;

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), 'segment-'));
    await writeSegmentAnything(models);
    app = await startReadmeExample(await readmeExample(APP), { MODEL_DIR: models });
  });
  afterAll(async () => {
    await app?.stop();
    await rm(models, { recursive: true });
  });

  async function segment(request: object): Promise<Answer> {
    const body = new Uint8Array(gzipSync(msgpack.encode(request)));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/msgpack' };
    const response = await fetch(`${app.url}/segment`, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    return msgpack.decode(new Uint8Array(await response.arrayBuffer())) as Answer;
  }

  it('should answer the request of its README as that says', async () => {
    const { requests } = await readmeExample(APP);
    expect(requests).toHaveLength(1);
    for (const request of requests) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it('should mask the thing at the point, or what is around it', async () => {
    const thing = await segment({ image: boxes(), points: at(75, 75) });
    expect(thing.mask).toMatchObject({ dtype: 'bool', shape: [HEIGHT, WIDTH] });
    expect(overlap(thing.mask, inBox)).toBeGreaterThan(0.95);
    const around = await segment({ image: boxes(), points: at(150, 10) });
    expect(overlap(around.mask, (x, y) => !inBox(x, y))).toBeGreaterThan(0.95);
  });

  it('should tell the model of points that lie beside the thing', async () => {
    const points = { dtype: 'int64', shape: [2, 2], data: BigInt64Array.of(75n, 75n, 150n, 10n) };
    const labels = { dtype: 'int64', shape: [2], data: BigInt64Array.of(1n, 0n) };
    expect((await segment({ image: boxes(), points })).score).toBeCloseTo(0.97, 5);
    expect((await segment({ image: boxes(), points, labels })).score).toBeCloseTo(0.485, 5);
  });

  it('should answer each of a batch its own', async () => {
    const points = [at(75, 75), at(10, 10), at(75, 50), at(190, 140)];
    const answers = await Promise.all(points.map((each) => segment({ image: boxes(), points: each })));
    const shares = answers.map(({ mask }) => overlap(mask, inBox));
    expect(shares.map((share) => share > 0.95)).toEqual([true, false, true, false]);
  });

  it('should compress its answer for those who ask for it, and for them alone', async () => {
    const body = msgpack.encode({ image: boxes(), points: at(75, 75) });
    const send = (...headers: string[]) =>
      RawHttp.request(app.port, ['POST /segment', `Content-Length: ${body.length}`, ...headers], body);
    const [plain, small] = [await send(), await send('Accept-Encoding: gzip')];
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(small.body.length).toBeLessThan(plain.body.length / 10);
    expect(gunzipSync(small.body).equals(plain.body)).toBe(true);
  });

  it.each([
    ['a point outside', { image: boxes(), points: at(200, 0) }, 'point 0 lies outside the image of 200 by 150 pixels'],
    ['no points', { image: boxes() }, 'points must be an array of int32 or int64 or float32 or float64 [points, 2]'],
    [
      'grey levels',
      { image: { dtype: 'uint8', shape: [2, 2], data: new Uint8Array(4) }, points: at(0, 0) },
      'image must',
    ],
  ])('should refuse %s and say why', async (_, request, message) => {
    const { json } = await post(`${app.url}/segment`, msgpack.encode(request));
    expect(json).toMatchObject({ statusCode: 422, message: expect.stringContaining(message) as string });
  });
});
