import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { writeJittedModel } from '../support/models/jitted-model.js';
import { ModelFolder } from '../support/onnx/index.js';
import { post } from '../support/post.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

describe('when the jitted example runs', () => {
  const folder = new ModelFolder();
  let app: AppProcess;

  beforeAll(async () => {
    writeJittedModel(folder);
    app = await startReadmeExample(await readmeExample('apps/jitted'), { MODEL_DIR: folder.path });
  });
  afterAll(async () => {
    await app?.stop();
    folder.remove();
  });

  it('should answer each curl line as its README says', async () => {
    const { requests } = await readmeExample('apps/jitted');
    const answered = requests.filter(({ answer }) => answer !== '');
    expect(answered).toHaveLength(3);
    for (const request of answered) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it('should run batches in sessions of their padded size', async () => {
    const numbers = Array.from({ length: 64 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((i) => post(`${app.url}/jitted`, { array: [20, 0, i] })));
    const categories = answers.map(({ json }) => (json as { category: number }).category);
    expect(categories).toEqual(numbers.map((i) => Number(i > 20)));
    const sizes = new Set(answers.map(({ json }) => (json as { compiledFor: number }).compiledFor));
    expect([...sizes].filter((size) => ![1, 2, 4, 8].includes(size))).toEqual([]);
    expect(Math.max(...sizes)).toBeGreaterThan(1);
  });
});
