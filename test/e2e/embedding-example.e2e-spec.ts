import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { writeEmbeddingModel } from '../support/models/embedding-model.js';
import { ModelFolder } from '../support/onnx/index.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

const folder = new ModelFolder();
const model = 'all-MiniLM-L6-v2';
let app: AppProcess;
let client: OpenAI;

beforeAll(async () => {
  writeEmbeddingModel(folder);
  app = await startReadmeExample(await readmeExample('apps/embedding'), {
    MODEL_DIR: folder.path,
    MOSEC_TIMEOUT: '30000',
  });
  client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => {
  await app?.stop();
  folder.remove();
});

const embed = async (input: string[] | number[][]): Promise<number[][]> => {
  const { data } = await client.embeddings.create({ model, input });
  return data.map(({ embedding }) => [...embedding]);
};

describe('when the embedding example runs', () => {
  it('should answer each curl line as its README says', async () => {
    const { requests } = await readmeExample('apps/embedding');
    expect(requests.filter(({ answer }) => answer !== '')).toHaveLength(3);
    for (const request of requests) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it('should embed texts of different lengths in one batch as each alone', async () => {
    const texts = ['cat', 'cat dog car cat dog', 'car', 'dog dog', 'something'];
    const alone: number[][] = [];
    for (const text of texts) alone.push(...(await embed([text])));
    expect(alone[0]?.map((value) => value.toFixed(6))).toEqual(['0.600000', '0.800000', '0.000000', '0.000000']);
    const before = await scrape(app.url);
    const lists = await Promise.all(Array.from({ length: 10 }, () => embed(texts)));
    for (const list of lists) expect(list).toEqual(alone);
    const batches =
      (await scrape(app.url)).sum('mosec_service_batch_size_count') - before.sum('mosec_service_batch_size_count');
    expect(batches).toBeLessThan(lists.length * texts.length);
  });

  it('should take the ids of tokens in place of texts', async () => {
    expect(await embed([[2, 4, 3]])).toEqual(await embed(['cat']));
  });

  it('should blame the client for what the model cannot take', async () => {
    await expect(embed(['cat '.repeat(7)])).rejects.toMatchObject({
      status: 400,
      message: '400 the input has 9 tokens, and this model takes 8',
    });
    await expect(embed([[4], [70_000]])).rejects.toMatchObject({
      status: 400,
      message: '400 this model has no token 70000',
    });
  });
});
