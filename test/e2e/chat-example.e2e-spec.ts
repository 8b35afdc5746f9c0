import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let app: AppProcess;
let client: OpenAI;

beforeAll(async () => {
  app = await startReadyApp('apps/chat', { args: ['--timeout', '30000'] });
  client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => void (await app?.stop('SIGKILL')));

const ask = { model: 'markov-2', messages: [{ role: 'user' as const, content: 'A worker that' }], seed: 7 };

describe("when OpenAI's client talks to the chat example", () => {
  it('should stream the same answer as it gives in one piece', async () => {
    const whole = await client.chat.completions.create(ask);
    const [choice] = whole.choices;
    expect(whole).toMatchObject({ object: 'chat.completion', model: 'markov-2' });
    expect(choice?.finish_reason).toMatch(/^(stop|length)$/);
    expect(choice?.message.content?.split(' ').length).toBe(whole.usage?.completion_tokens);

    let content = '';
    let chunks = 0;
    const reasons: unknown[] = [];
    for await (const chunk of await client.chat.completions.create({ ...ask, stream: true })) {
      expect(chunk.object).toBe('chat.completion.chunk');
      content += chunk.choices[0]?.delta.content ?? '';
      if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
      chunks++;
    }
    expect([content, reasons]).toEqual([choice?.message.content, [choice?.finish_reason]]);
    expect(chunks).toBe((whole.usage?.completion_tokens ?? 0) + 2);
  });

  it('should collect a stream by the helper of the client, with its usage', async () => {
    const runner = client.chat.completions.stream({ ...ask, max_tokens: 5, stream_options: { include_usage: true } });
    const final = await runner.finalChatCompletion();
    expect(final.choices[0]?.message.content?.split(' ')).toHaveLength(final.usage?.completion_tokens ?? 0);
    expect(final.usage).toMatchObject({ prompt_tokens: 3 });
  });

  it('should refuse what it does not know with its status, streamed or not', async () => {
    for (const stream of [true, false]) {
      const empty = client.chat.completions.create({ ...ask, messages: [], stream });
      await expect(empty).rejects.toMatchObject({ status: 400, param: 'messages' });
      const many = client.chat.completions.create({ ...ask, max_tokens: 5000, stream });
      await expect(many).rejects.toMatchObject({ status: 422, code: 'validation' });
    }
  });

  it('should end the generator of a client that breaks off', async () => {
    const stream = await client.chat.completions.create({ ...ask, max_tokens: 4096, stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_stream_open') === 0);
  });
});
