import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';

describe('when the open-inference example runs', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadmeExample(await readmeExample('apps/open-inference'))));
  afterAll(() => app?.stop());

  it('should answer each curl line as its README says', async () => {
    const { requests } = await readmeExample('apps/open-inference');
    const answered = requests.filter(({ answer }) => answer !== '');
    expect(answered).toHaveLength(5);
    for (const request of answered) expect(await runReadmeRequest(request, app)).toBe(request.answer);
  });
});
