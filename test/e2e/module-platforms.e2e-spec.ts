import { describe, expect, it } from 'vitest';
import { startApp } from '../support/start-app.js';

describe.each([
  ['express', 'runs on express'],
  ['context', 'has no HTTP server'],
])('when the application has no Fastify server (%s)', (PLATFORM, reason) => {
  it('should run pipelines through the client, and stop cleanly', async () => {
    const app = await startApp('http-platforms', { env: { PLATFORM } });
    try {
      await app.waitForLog('the answer is 42');
    } finally {
      expect(await app.stop()).toEqual({ code: 0, signal: null });
    }
  });

  it('should refuse @Route with the cure', async () => {
    const app = await startApp('http-platforms', { env: { PLATFORM, ROUTED: '1' } });
    const { code } = await app.exited;
    expect(app.output).toContain(
      `Pipeline "RoutedPipeline" has @Route, which needs a Fastify application and this one ${reason}: ` +
        'create it with MosecFactory or a FastifyAdapter, or remove @Route and call the pipeline through PipelineClient.',
    );
    expect(code).toBe(1);
  });
});
