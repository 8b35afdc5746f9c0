import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { writeSentimentModel } from '../support/models/sentiment-model.js';
import { ModelFolder } from '../support/onnx/index.js';
import { ask, post } from '../support/post.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';
import { startApp } from '../support/start-app.js';

const folder = new ModelFolder();

afterAll(() => folder.remove());

describe('when the sentiment example runs', () => {
  let app: AppProcess;

  beforeAll(async () => {
    writeSentimentModel(folder);
    app = await startReadmeExample(await readmeExample('apps/sentiment'), { MODEL_DIR: folder.path });
  });
  afterAll(() => app?.stop());

  it('should answer each curl line as its README says', async () => {
    const { requests } = await readmeExample('apps/sentiment');
    expect(requests.filter(({ answer }) => answer !== '')).toHaveLength(3);
    for (const request of requests) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it('should answer texts of different lengths in one batch as each alone', async () => {
    const texts = ['good', 'good good', 'bad and so on and so forth', 'terrible', 'highly good, highly recommend'];
    const alone: string[] = [];
    for (const text of texts) alone.push((await post(`${app.url}/sentiment`, text)).text);
    expect(alone[0]).toBe('POSITIVE 0.9526');
    const rounds = Array.from({ length: 10 }, () => texts).flat();
    const answers = await Promise.all(rounds.map((text) => post(`${app.url}/sentiment`, text)));
    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => alone).flat());
    const { text } = await ask(`${app.url}/metrics`);
    const batches = Number(/^mosec_service_batch_size_count\{stage="Infer",.*\} (\d+)$/m.exec(text)?.[1]);
    expect(batches).toBeLessThan(rounds.length);
  });

  it('should cut a text that is longer than the model takes', async () => {
    const { text } = await post(`${app.url}/sentiment`, `good ${'so '.repeat(20)}terrible`);
    expect(text).toBe('POSITIVE 0.9526');
  });

  it('should cut into tokens in two workers', async () => {
    await app.waitForLog(/"2 replicas loading".*"Tokenize"/);
  });
});

describe('when the folder of the model is not named', () => {
  it('should end the start and ask for it', async () => {
    const app = await startApp('apps/sentiment');
    expect(await app.exitCode).not.toBe(0);
    expect(app.output).toContain('MODEL_DIR is not set');
  });
});
