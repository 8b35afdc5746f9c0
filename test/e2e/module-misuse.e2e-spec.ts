import { describe, expect, it } from 'vitest';
import { startApp } from '../support/start-app.js';

/** Runs a program that is to end by itself. */
async function ending(name: string, useCase = '') {
  const app = await startApp(name, { env: { CASE: useCase } });
  const { code } = await app.exited;
  // Nest itself logs what fails while it builds the container.
  return { code, stderr: app.stderr.filter((line) => !line.startsWith('{')), output: app.output };
}

describe('when an application is put together in a way that cannot work', () => {
  it.each([
    ['greedy', /^Stage "Greedy" has maxBatchSize 8 but only forward, .*: implement forwardBatch, .*\.$/],
    [
      'no-root',
      /^Pipeline "GoodPipeline" has no server to run in: import MosecModule\.forRoot\(\) once in the root module\.$/,
    ],
    ['same-path', /^Route "\/good\/" belongs to pipelines "FirstPipeline" and "SecondPipeline": .*\.$/],
    ['two-roots', /^MosecModule\.forRoot\(\) is imported 2 times.*: call it once in the root module, .*\.$/],
  ])('should end with 1 and one sentence (%s)', async (useCase, sentence) => {
    const { code, stderr } = await ending('http-misuse', useCase);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(sentence);
    expect(code).toBe(1);
  });

  it('should refuse a stage in the main file in the same way', async () => {
    const { code, stderr } = await ending('http-main-stage');
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(/^Stage "Misplaced" is declared in the main file, .*: move it to a file of its own/);
    expect(code).toBe(1);
  });

  it('should refuse one pipeline with two sets of feature options', async () => {
    const { code, output } = await ending('http-misuse', 'different-features');
    expect(output).toMatch(/Pipeline "GoodPipeline" is in two MosecModule\.forFeature\(\) calls with different/);
    expect(code).toBe(1);
  });

  it('should say what is missing in a worker, and end with 1', async () => {
    const { code, output } = await ending('http-misuse', 'needy');
    expect(output).toContain('stage "Needy" cannot start: Stage "Needy" could not be constructed: Nest can');
    expect(output).toContain('add what it needs to @Stage({ imports: [...], providers: [...] })');
    expect(code).toBe(1);
  });
});
