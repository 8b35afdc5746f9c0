import { readFile } from 'node:fs/promises';
import { pack, unpack } from 'msgpackr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { writeRerankModel } from '../support/models/rerank-model.js';
import { ModelFolder } from '../support/onnx/index.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

interface Answer {
  readonly results: { readonly index: number; readonly score: number }[];
}

const folder = new ModelFolder();
let app: AppProcess;

beforeAll(async () => {
  writeRerankModel(folder);
  app = await startReadmeExample(await readmeExample('apps/rerank'), {
    MODEL_DIR: folder.path,
    MOSEC_TIMEOUT: '30000',
  });
});
afterAll(async () => {
  await app?.stop();
  folder.remove();
});

async function rerank(request: unknown): Promise<{ status: number; type: string | null; answer: Answer }> {
  const response = await fetch(`${app.url}/rerank`, { method: 'POST', body: pack(request) });
  const answer = unpack(Buffer.from(await response.arrayBuffer())) as Answer;
  return { status: response.status, type: response.headers.get('content-type'), answer };
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

describe('when the rerank example runs', () => {
  it('should answer each curl line as its README says, with the sample that it shows', async () => {
    const { requests } = await readmeExample('apps/rerank');
    expect(requests.filter(({ answer }) => answer !== '')).toHaveLength(2);
    for (const request of requests) expect(await runReadmeRequest(request, app)).toBe(request.answer);
    const sample: unknown = unpack(await readFile('apps/rerank/samples/request.msgpack'));
    expect(await readFile('apps/rerank/README.md', 'utf8')).toContain(`\`${JSON.stringify(sample)}\``);
  });

  it('should answer msgpack, the best document first', async () => {
    const { status, type, answer } = await rerank({ query: 'cat', documents: ['dog', 'cat food', 'cat'] });
    expect([status, type]).toEqual([200, 'application/msgpack']);
    expect(answer.results.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(answer.results.map(({ score }) => score)).toEqual([sigmoid(5), sigmoid(2), sigmoid(0.5)]);
  });

  it('should score documents of many requests together as each alone', async () => {
    const requests = ['cat', 'dog food', 'a b c'].map((query) => ({
      query,
      documents: Array.from({ length: 20 }, (_, i) => ['cat', 'dog', 'food', 'x y'].slice(i % 4).join(' ')),
    }));
    const alone: Answer[] = [];
    for (const request of requests) alone.push((await rerank(request)).answer);
    expect(alone[0]?.results).toHaveLength(20);
    const countOf = async (): Promise<number> => (await scrape(app.url)).sum('mosec_service_batch_size_count');
    const before = await countOf();
    const rounds = Array.from({ length: 10 }, () => requests).flat();
    const answers = await Promise.all(rounds.map(rerank));
    expect(answers.map(({ answer }) => answer)).toEqual(Array.from({ length: 10 }, () => alone).flat());
    expect((await countOf()) - before).toBeLessThan(rounds.length);
  });

  it('should cut a document that is longer than the model takes', async () => {
    const { answer } = await rerank({ query: 'cat', documents: [`cat ${'dog '.repeat(20)}`] });
    expect(answer.results).toEqual([{ index: 0, score: sigmoid(2 + 5 * 0.5) }]);
  });

  it.each([
    { query: 'cat', documents: [] },
    { query: 1, documents: ['a'] },
    { query: 'a', documents: ['a', 2] },
  ])('should refuse %j', async (request) => {
    const response = await fetch(`${app.url}/rerank`, { method: 'POST', body: pack(request) });
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'VALIDATION' }]);
  });
});
