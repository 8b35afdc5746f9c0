import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { ask } from '../support/post.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';
import { startApp } from '../support/start-app.js';

describe('when the echo example runs', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadmeExample(await readmeExample('apps/echo'))));
  afterAll(() => app?.stop());

  it('should answer each curl line as its README says', async () => {
    const { requests } = await readmeExample('apps/echo');
    const answered = requests.filter(({ answer }) => answer !== '');
    expect(answered).toHaveLength(4);
    for (const request of answered) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });

  it('should count its batches by stage', async () => {
    const { text } = await ask(`${app.url}/metrics`);
    expect(text).toMatch(/^mosec_service_batch_size_count\{stage="UpperCase",connection="1"\} [1-9]/m);
  });
});

describe('when the echo example is run dry', () => {
  it('should send its example through and end with 0', async () => {
    const app = await startApp('apps/echo', { args: ['--dry-run'] });
    expect(await app.exitCode).toBe(0);
    expect(app.output).toContain('dry run passed');
  });
});
