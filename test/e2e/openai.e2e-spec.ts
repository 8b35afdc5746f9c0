import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { openApiProblems } from '../support/open-api-problems.js';
import { ask, post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

const traces = new TraceFolder();
let app: AppProcess;
let client: OpenAI;

const clientOf = (path: string, apiKey = 'none'): OpenAI =>
  new OpenAI({ baseURL: `${app.url}${path}`, apiKey, maxRetries: 0 });

beforeAll(async () => {
  app = await startReadyApp('openai', { args: ['--timeout', '20000'], env: traces.env });
  client = clientOf('/v1');
});
afterAll(async () => {
  await app?.stop('SIGKILL');
  traces.remove();
});

const model = 'sums/small';
/** What the stage computes, as 32-bit floats. */
const vectorOf = (...ids: number[]): number[] => [
  ...Float32Array.of(
    ids.length,
    ids.reduce((sum, id) => sum + id, 0),
    0.1,
  ),
];

describe("when OpenAI's client asks for embeddings", () => {
  it('should give it base64, which it asks for by default, and floats', async () => {
    for (const encoding_format of [undefined, 'base64', 'float'] as const) {
      const {
        data,
        usage,
        object,
        model: named,
      } = await client.embeddings.create({ model, input: 'ab', encoding_format });
      const [{ embedding, index } = { embedding: [], index: -1 }] = data;
      const vector =
        encoding_format === 'base64' ? [...floatsOf(embedding as unknown as string)] : [...(embedding as number[])];
      expect([vector, index, object, named]).toEqual([vectorOf(97, 98), 0, 'list', model]);
      expect(usage).toEqual({ prompt_tokens: 2, total_tokens: 2 });
    }
    const { data } = await client.embeddings.create({ model: 'count', input: 'abc' });
    expect([...(data[0]?.embedding ?? [])]).toEqual([3, 0.25]);
  });

  it('should take lists, token ids and lists of them, in order, with the tokens of all', async () => {
    const input = ['a', 'bc', 'def'];
    const texts = await client.embeddings.create({ model, input, user: 'me' });
    expect(texts.data.map(({ embedding, index }) => [index, embedding[0]])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(texts.usage.total_tokens).toBe(6);
    const one = await client.embeddings.create({ model, input: [5, 6, 7] });
    expect(one.data.map(({ embedding }) => [...embedding])).toEqual([vectorOf(5, 6, 7)]);
    const several = await client.embeddings.create({ model, input: [[1], [2, 3]] });
    expect(several.data.map(({ embedding }) => [...embedding])).toEqual([vectorOf(1), vectorOf(2, 3)]);
  });

  it('should shorten them to the length 1, and refuse to lengthen them', async () => {
    const { data } = await client.embeddings.create({ model, input: [1, 3], dimensions: 2, encoding_format: 'float' });
    const [x = 0, y = 0, ...rest] = data[0]?.embedding ?? [];
    expect([y / x, x * x + y * y, rest]).toEqual([2, expect.closeTo(1, 12), []]);
    const whole = await client.embeddings.create({ model, input: [1, 3], dimensions: 3, encoding_format: 'float' });
    expect(whole.data[0]?.embedding).toEqual(vectorOf(1, 3));
    const longer = client.embeddings.create({ model, input: [1], dimensions: 4 });
    await expect(longer).rejects.toMatchObject({ status: 400, param: 'dimensions' });
  });

  it('should split a list into items which share batches, and take the longest list', async () => {
    const before = traces.lines('batches').length;
    const input = Array.from({ length: 2048 }, (_, i) => [i]);
    const { data } = await client.embeddings.create({ model, input });
    expect(data.map(({ embedding }) => embedding[1])).toEqual(input.flat());
    const sizes = traces.lines('batches').slice(before).map(Number);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2048);
    expect(sizes.filter((size) => size === 8).length).toBeGreaterThan(sizes.length / 2);
    const longer = client.embeddings.create({ model, input: [...input, [0]] });
    await expect(longer).rejects.toMatchObject({ status: 400, param: 'input' });
  });

  it('should batch items of different requests together', async () => {
    const before = traces.lines('batches').length;
    await Promise.all(Array.from({ length: 16 }, (_, i) => client.embeddings.create({ model, input: [[i], [i]] })));
    const sizes = traces.lines('batches').slice(before).map(Number);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(32);
    expect(Math.max(...sizes)).toBeGreaterThan(2);
  });
});

describe('when a request cannot be answered', () => {
  const body = { model, input: 'a' };
  it.each([
    [{ ...body, input: '' }, 400, 'input', 'invalid_value'],
    [{ ...body, input: [] }, 400, 'input', 'invalid_value'],
    [{ ...body, input: ['a', ''] }, 400, 'input[1]', 'invalid_value'],
    [{ ...body, input: ['a', 1] }, 400, 'input[1]', 'invalid_value'],
    [{ ...body, input: [1, -1] }, 400, 'input', 'invalid_value'],
    [{ ...body, input: [[1], []] }, 400, 'input[1]', 'invalid_value'],
    [{ ...body, input: { a: 1 } }, 400, 'input', 'invalid_value'],
    [{ ...body, encoding_format: 'int8' }, 400, 'encoding_format', 'invalid_value'],
    [{ ...body, dimensions: 0 }, 400, 'dimensions', 'invalid_value'],
    [{ input: 'a' }, 400, 'model', 'invalid_value'],
    [{ ...body, model: 'talk' }, 400, 'model', 'invalid_value'],
    [{ ...body, model: 'gpt' }, 404, 'model', 'model_not_found'],
    ['{"model":', 400, null, null],
    ['[1]', 400, null, null],
    ['', 400, null, null],
    [{ ...body, input: 'refused' }, 422, null, 'validation'],
    [{ ...body, input: 'broken' }, 500, null, 'internal'],
  ])('should answer %j with %s and what is at fault', async (sent, status, param, code) => {
    const answer = await post(`${app.url}/v1/embeddings`, sent);
    expect(answer.status).toBe(status);
    const type = status < 500 ? 'invalid_request_error' : 'server_error';
    expect(answer.json).toEqual({ error: { message: expect.any(String) as string, type, param, code } });
  });

  it('should log what a broken pipeline returned in place of an embedding', async () => {
    await post(`${app.url}/v1/embeddings`, { ...body, input: 'broken' });
    await app.waitForLog('model \\"sums/small\\" did not return { embedding, tokens }');
  });

  it('should make errors of the client by their status', async () => {
    await expect(client.embeddings.create({ model, input: '' })).rejects.toThrow(BadRequestError);
    await expect(client.embeddings.create({ model: 'gpt', input: 'a' })).rejects.toThrow(NotFoundError);
    await expect(client.models.retrieve('gpt')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('should fail a list by its one bad item and end the others', async () => {
    const asked = { model: 'hold', input: ['held', 'refused', 'not begun'] };
    const { status, json } = await post(`${app.url}/v1/embeddings`, asked, { 'x-request-id': 'list' });
    expect([status, json]).toMatchObject([422, { error: { message: 'this text is refused' } }]);
    await waitFor(() => traces.lines('cancelled').includes('list'));
  });

  it('should answer 408 at the deadline that the client gives, and end the work', async () => {
    const headers = { 'x-request-timeout': '50', 'x-request-id': 'late' };
    const { status, json } = await post(`${app.url}/v1/embeddings`, { model: 'hold', input: ['held'] }, headers);
    expect([status, json]).toMatchObject([408, { error: { type: 'server_error', code: 'timeout' } }]);
    await waitFor(() => traces.lines('cancelled').includes('late'));
    const wrong = await post(`${app.url}/v1/embeddings`, { model, input: 'a' }, { 'x-request-timeout': 'soon' });
    expect([wrong.status, wrong.json]).toMatchObject([400, { error: { code: 'client' } }]);
  });

  it('should end the work of a client that breaks off', async () => {
    const breakOff = new AbortController();
    const headers = { 'X-Request-Id': 'left' };
    const asked = client.embeddings.create(
      { model: 'hold', input: ['held', 'held'] },
      { signal: breakOff.signal, headers },
    );
    await Promise.all([
      expect(asked).rejects.toThrow('aborted'),
      waitFor(() => traces.lines('hold').filter((line) => line === 'left held').length === 2).then(() =>
        breakOff.abort(),
      ),
    ]);
    await waitFor(() => traces.lines('cancelled').filter((id) => id === 'left').length === 2);
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_remaining_task') === 0);
  });

  it('should answer a wrong method, a strange coding and a body that is too large in the same form', async () => {
    const { status, headers, json } = await ask(`${app.url}/v1/embeddings`);
    expect([status, headers.get('allow'), json]).toMatchObject([405, 'POST', { error: { param: null } }]);
    const coded = await post(`${app.url}/v1/embeddings`, 'a', { 'content-encoding': 'gzip' });
    expect([coded.status, coded.json]).toMatchObject([415, { error: { type: 'invalid_request_error' } }]);
    const large = await post(`${app.url}/locked/v1/embeddings`, { model, input: 'a'.repeat(2_000) }, authorization);
    expect([large.status, large.json]).toMatchObject([413, { error: { code: 'too_large' } }]);
  });
});

const authorization = { authorization: 'Bearer sk-two' };

describe('when models are asked for', () => {
  it('should list them and give one, also by a name with a slash', async () => {
    const names: string[] = [];
    for await (const { id, object, owned_by } of client.models.list()) {
      names.push(id);
      expect([object, owned_by]).toEqual(['model', 'nestjs-mosec']);
    }
    expect(names).toEqual(['sums/small', 'count', 'hold', 'talk']);
    const one = await client.models.retrieve(model);
    expect(one).toMatchObject({ id: model, created: expect.closeTo(Date.now() / 1000, -3) as number });
  });

  it('should answer without a prefix too', async () => {
    const bare = clientOf('');
    expect((await bare.embeddings.create({ model, input: [1] })).usage.total_tokens).toBe(1);
    expect(await bare.models.retrieve('talk')).toMatchObject({ id: 'talk' });
  });
});

describe('when keys are asked for', () => {
  it('should let in who has one, and refuse others, and keep to the own guards', async () => {
    for (const key of ['sk-one', 'sk-two']) {
      const { data } = await clientOf('/locked/v1', key).embeddings.create({ model, input: [1] });
      expect(data).toHaveLength(1);
    }
    for (const key of ['sk-', 'sk-three', 'sk-one1']) {
      const wrong = clientOf('/locked/v1', key);
      await expect(wrong.embeddings.create({ model, input: [1] })).rejects.toThrow(AuthenticationError);
      await expect(wrong.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
    }
    const without = await post(`${app.url}/locked/v1/embeddings`, { model, input: 'a' });
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const blocked = { ...authorization, 'openai-organization': 'blocked' };
    const { status, json } = await post(`${app.url}/locked/v1/embeddings`, { model, input: 'a' }, blocked);
    expect([status, json]).toMatchObject([403, { error: { message: 'This organization is blocked.', code: null } }]);
  });
});

const talk = (content: string) => ({ model: 'talk', messages: [{ role: 'user' as const, content }] });

describe("when OpenAI's client chats", () => {
  it('should get the whole answer, or a stream of the same', async () => {
    const whole = await client.chat.completions.create(talk('one two three'));
    expect(whole).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-./) as string,
      object: 'chat.completion',
      created: expect.closeTo(Date.now() / 1000, -3) as number,
      model: 'talk',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'one two three', refusal: null } },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
    });
    const chunks = [];
    for await (const chunk of await client.chat.completions.create({ ...talk('one two three'), stream: true })) {
      chunks.push(chunk);
    }
    expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([
      { role: 'assistant', content: '' },
      { content: 'one' },
      { content: ' two' },
      { content: ' three' },
      {},
    ]);
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([null, null, null, null, 'stop']);
    expect(new Set(chunks.map(({ id, created, object }) => [id, created, object].join())).size).toBe(1);
    expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
  });

  it('should get the usage where it asks for it, and the end that the model gives', async () => {
    const asked = { ...talk('one two three'), max_tokens: 2, stream_options: { include_usage: true } };
    const final = await client.chat.completions.stream(asked).finalChatCompletion();
    expect(final.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'one two' } });
    expect(final.usage).toEqual({ prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 });
  });

  it('should get calls of tools, whole or in parts', async () => {
    const call = { id: 'call-1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } };
    const whole = await client.chat.completions.create(talk('tools'));
    expect(whole.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: null, tool_calls: [call] },
    });
    const final = await client.chat.completions.stream(talk('tools')).finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls).toMatchObject([call]);
  });

  it('should end a stream with [DONE]', async () => {
    const { headers, text } = await post(`${app.url}/v1/chat/completions`, { ...talk('a'), stream: true });
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(text.trimEnd().split('\n\n')).toHaveLength(4);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it.each([true, false])('should get an error with its status before the first event (stream: %s)', async (stream) => {
    const refused = client.chat.completions.create({ ...talk('refused'), stream });
    await expect(refused).rejects.toMatchObject({ status: 422, message: '422 this message is refused' });
    for (const wrong of [{ messages: [] }, { messages: ['a'] }, { n: 2 }, { stream_options: 1 }]) {
      const asked = client.chat.completions.create({ ...talk('a'), stream, ...wrong } as never);
      await expect(asked).rejects.toThrow(BadRequestError);
    }
    await expect(client.chat.completions.create({ ...talk('a'), model, stream })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('should get an error in the middle as one, without what is secret', async () => {
    let content = '';
    const read = async (): Promise<void> => {
      const stream = await client.chat.completions.create({ ...talk('then fail'), stream: true });
      for await (const { choices } of stream) content += choices[0]?.delta.content ?? '';
    };
    const error = await read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(APIError);
    expect([content, (error as APIError).error]).toMatchObject([
      'then fail',
      { type: 'server_error', code: 'internal' },
    ]);
    expect(JSON.stringify((error as APIError).error)).not.toContain('secret');
    await expect(client.chat.completions.create(talk('then fail'))).rejects.toMatchObject({ status: 500 });
  });

  it('should get an error where the pipeline gives no end', async () => {
    await expect(client.chat.completions.create(talk('no end'))).rejects.toMatchObject({ status: 500 });
    const { text } = await post(`${app.url}/v1/chat/completions`, { ...talk('no end'), stream: true });
    expect(text).toContain('data: {"error":');
    expect(text).not.toContain('[DONE]');
    await app.waitForLog('model \\"talk\\" returned no { finish_reason, usage }');
  });

  it('should end the generator when it breaks off, and at the deadline of a whole answer', async () => {
    const headers = { 'X-Request-Id': 'endless' };
    const stream = await client.chat.completions.create({ ...talk('for ever'), stream: true }, { headers });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content === ' on') break;
    await waitFor(() => traces.lines('talk-ended').includes('endless true'));
    const late = { 'X-Request-Id': 'late', 'X-Request-Timeout': '200' };
    const whole = client.chat.completions.create(talk('for ever'), { headers: late });
    await expect(whole).rejects.toMatchObject({ status: 408 });
    await waitFor(() => traces.lines('talk-ended').includes('late true'));
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_stream_open') === 0);
  });
});

describe('when the document of the API is asked for', () => {
  it('should be valid and have the routes with their models', async () => {
    const document = (await ask(`${app.url}/openapi/metadata.json`)).json as { paths: Record<string, unknown> };
    expect(openApiProblems({ ...document })).toEqual([]);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/chat/completions',
      '/embeddings',
      '/locked/v1/embeddings',
      '/locked/v1/models',
      '/locked/v1/models/{model}',
      '/models',
      '/models/{model}',
      '/v1/chat/completions',
      '/v1/embeddings',
      '/v1/models',
      '/v1/models/{model}',
    ]);
    const text = JSON.stringify(document.paths['/v1/embeddings']);
    expect(text).toContain('"enum":["sums/small","count","hold"]');
    expect(JSON.stringify(document.paths['/locked/v1/embeddings'])).toContain('"security":[{"bearer":[]}]');
  });
});

describe('when the server has too much to do, or stops', () => {
  it('should answer 429 with Retry-After, and 503, in the same form', async () => {
    const small = await startReadyApp('openai', { args: ['--capacity', '1', '--timeout', '30000'], env: traces.env });
    const crowded = new OpenAI({ baseURL: `${small.url}/v1`, apiKey: 'none', maxRetries: 0 });
    const hold = (id: string) =>
      post(`${small.url}/v1/embeddings`, { model: 'hold', input: 'held' }, { 'x-request-id': id }).catch(
        () => undefined,
      );
    // Two run, one waits.
    const inside = ['first', 'second'].map(hold);
    await waitFor(() => ['first held', 'second held'].every((line) => traces.lines('hold').includes(line)));
    inside.push(hold('third'));
    await waitFor(async () => (await scrape(small.url)).sum('mosec_service_remaining_task') === 3);
    const refused = await crowded.embeddings.create({ model: 'hold', input: 'held' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RateLimitError);
    expect(refused).toMatchObject({ code: 'rate_limit_exceeded', type: 'rate_limit_error' });
    expect((refused as RateLimitError).headers?.get('retry-after')).toMatch(/^[1-9]\d*$/);
    small.kill('SIGTERM');
    await waitFor(async () => (await ask(`${small.url}/readyz`)).status === 503);
    for (const answer of [await ask(`${small.url}/v1/models`), await post(`${small.url}/v1/embeddings`, {})]) {
      expect([answer.status, answer.json]).toMatchObject([503, { error: { type: 'server_error', code: 'draining' } }]);
    }
    await small.stop('SIGKILL');
    await Promise.all(inside);
  });
});

function floatsOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
