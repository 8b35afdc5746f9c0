import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { freshScrape } from '../support/metrics.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

describe('when the example of custom metrics runs', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadmeExample(await readmeExample('apps/custom-metrics'))));
  afterAll(() => app?.stop());

  it('should answer each curl line as its README says', async () => {
    const { requests } = await readmeExample('apps/custom-metrics');
    const answered = requests.filter(({ answer }) => answer !== '');
    expect(answered).toHaveLength(4);
    for (const request of answered) {
      if (request.command.includes('/metrics')) await freshScrape(app.url);
      expect(await runReadmeRequest(request, app)).toBe(request.answer);
    }
  });

  it('should show the series of the server on the same page', async () => {
    const { requests } = await readmeExample('apps/custom-metrics');
    const [last] = requests.slice(-1);
    expect(await runReadmeRequest(last!, app)).toMatch(/stage="Inference",connection="[12]"} [1-9]/);
  });
});
