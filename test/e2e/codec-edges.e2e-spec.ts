import { pack, unpack } from 'msgpackr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';

const NUMBIN = { 'content-type': 'application/x-numbin' };
/** float32, two dimensions, [[1, 2]] */
const ARRAY = Buffer.from('0b000200010002000000803f00000040', 'hex');

let app: AppProcess;

beforeAll(async () => void (app = await startReadyApp('codec-edges')));
afterAll(() => app?.stop());

async function exchange(path: string, body: Uint8Array | string, headers: Record<string, string>) {
  const response = await fetch(app.url + path, { method: 'POST', body: body as RequestInit['body'], headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    vary: response.headers.get('vary'),
    bytes,
  };
}

describe('when a stage has several codecs', () => {
  const bodies: Record<string, Uint8Array | string> = {
    'application/json': '[[1,2],[3,4]]',
    'application/msgpack': pack([
      [1, 2],
      [3, 4],
    ]),
    'text/csv': '1,2\n3,4',
  };
  const pairs = Object.keys(bodies).flatMap((from) => Object.keys(bodies).map((to) => [from, to] as const));

  it.each(pairs)('should read %s and answer %s', async (from, to) => {
    const answer = await exchange('/echo', bodies[from] ?? '', { 'content-type': from, accept: to });
    const type = to === 'text/csv' ? 'text/csv; charset=utf-8' : to;
    expect(answer).toEqual({ status: 200, type, vary: 'Accept', bytes: Buffer.from(bodies[to] ?? '') });
  });

  it('should take the first without a Content-Type, and answer in the first whatever else is asked for', async () => {
    const answer = await exchange('/echo', Buffer.from('[[5]]'), { accept: 'image/png' });
    expect(answer).toMatchObject({ status: 200, type: 'application/json', bytes: Buffer.from('[[5]]') });
  });

  it('should refuse another type with 415, naming those it takes', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await post(`${app.url}/echo`, '[1]', headers)).toMatchObject({
      status: 415,
      json: {
        code: 'UNSUPPORTED_MEDIA_TYPE',
        message:
          'content type "application/x-www-form-urlencoded" is not accepted here; ' +
          'send application/json, application/msgpack, text/csv',
      },
    });
  });

  it('should let the last stage answer in its own', async () => {
    const headers = { 'content-type': 'anything', accept: 'application/msgpack' };
    const answer = await exchange('/json-to-many', '{"score":1,"votes":2}', headers);
    expect([answer.type, unpack(answer.bytes) as unknown]).toEqual(['application/msgpack', { score: 1, votes: 2 }]);
  });
});

describe('when a body is malformed', () => {
  it.each([
    ['/echo', 'application/json', '[[1,]', /position 4|JSON/],
    ['/echo', 'text/csv', '1,2\n3,x', /^decoding error: line 2, column 2: "x" is no number$/],
    ['/echo', 'application/msgpack', '\x92\x01', /^decoding error: .*(end|early)/],
    ['/msgpack', 'whatever', '\x92\x01', /^decoding error: .*(end|early)/],
    ['/double', 'application/x-numbin', 'abc', /^decoding error: numbin header is cut off after 3 bytes$/],
    ['/form', 'multipart/form-data; boundary=x', 'abc', /^decoding error: Unexpected end of multipart data$/],
    ['/form', 'multipart/form-data', 'abc', /^decoding error: .*[Bb]oundary/],
  ])('should answer 400 with the reason: %s in %s', async (path, type, body, message) => {
    const answer = await post(app.url + path, Buffer.from(body, 'latin1'), { 'content-type': type });
    expect(answer).toMatchObject({ status: 400, json: { code: 'DECODING' } });
    expect((answer.json as { message: string }).message).toMatch(message);
  });
});

describe('when a stage takes forms and images', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
  const form = (): FormData => {
    const data = new FormData();
    data.append('caption', 'é');
    data.append('photo', new File([png], 'a.png', { type: 'image/png' }));
    return data;
  };

  it('should get fields and files, validated, and answer in JSON', async () => {
    const response = await fetch(`${app.url}/form`, { method: 'POST', body: form() });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      caption: 'é',
      photo: { filename: 'a.png', mediaType: 'image/png' },
      bytes: png.toString('base64'),
    });
  });

  it('should refuse a form without a field that it needs', async () => {
    const data = form();
    data.delete('caption');
    const response = await fetch(`${app.url}/form`, { method: 'POST', body: data });
    expect(await response.json()).toMatchObject({
      statusCode: 422,
      message: 'request validation error: caption must be a string',
    });
  });

  it('should tell them apart by Content-Type', async () => {
    const response = await fetch(`${app.url}/upload`, { method: 'POST', body: form() });
    expect(await response.json()).toEqual(['caption', 'photo']);
    const sent = await post(`${app.url}/upload`, png, { 'content-type': 'image/png' });
    expect(sent.json).toEqual({ type: 'image/png', bytes: 6 });
    const refused = await post(`${app.url}/upload`, '{}', { 'content-type': 'application/json' });
    expect(refused.status).toBe(415);
  });
});

describe('when bodies are numeric arrays', () => {
  it('should compute on typed arrays', async () => {
    const { type, bytes } = await exchange('/double', ARRAY, NUMBIN);
    expect([type, bytes.toString('hex')]).toEqual(['application/x-numbin', '0b000200010002000000004000008040']);
  });
});

describe('when input and output are typed', () => {
  it('should validate msgpack as it does JSON, bytes included', async () => {
    const headers = { 'content-type': 'application/msgpack', accept: 'application/json' };
    const raw = Buffer.alloc(100_000);
    expect((await post(`${app.url}/typed`, pack({ name: 'a', raw }), headers)).json).toBe('Pixels a 100000');
    expect(await post(`${app.url}/typed`, pack({ name: 1, raw: [1] }), headers)).toMatchObject({
      status: 422,
      json: {
        message: 'request validation error: name must be a string; raw must be an instance of Uint8Array',
      },
    });
  });

  it('should answer 500 for a result against its output, and log the property', async () => {
    expect((await post(`${app.url}/rate`, { score: 1, votes: 2 })).status).toBe(200);
    const headers = { 'x-request-id': 'bad-output' };
    expect(await post(`${app.url}/rate`, { score: 1, votes: 0.5 }, headers)).toMatchObject({
      status: 500,
      json: { code: 'INTERNAL', message: 'inference internal error' },
    });
    const line = await app.waitForLog('request bad-output failed');
    expect(line).toContain('stage \\"Rate\\" returned what its output does not allow: votes must be an integer number');
  });

  it('should publish every media type', async () => {
    const document = (await (await fetch(`${app.url}/openapi/metadata.json`)).json()) as {
      paths: Record<
        string,
        { post: { requestBody: { content: object }; responses: Record<string, { content: object }> } }
      >;
    };
    const contentOf = (path: string) => {
      const operation = document.paths[path]?.post;
      return [operation?.requestBody.content, operation?.responses['200']?.content].map((types) =>
        Object.keys(types ?? {}),
      );
    };
    expect(contentOf('/echo')).toEqual(Array(2).fill(['application/json', 'application/msgpack', 'text/csv']));
    expect(contentOf('/form')).toEqual([['multipart/form-data'], ['application/json']]);
    expect(contentOf('/upload')).toEqual([['image/*', 'multipart/form-data'], ['application/json']]);
    expect(contentOf('/double')).toEqual([['application/x-numbin'], ['application/x-numbin']]);
    expect(document.paths['/echo']?.post.responses).toHaveProperty('415');
    expect(document.paths['/form']?.post.requestBody.content).toEqual({
      'multipart/form-data': { schema: { $ref: '#/components/schemas/Upload' } },
    });
  });
});

describe('when NODE_ENV is production', () => {
  it('should leave results unchecked', async () => {
    const production = await startReadyApp('codec-edges', { env: { NODE_ENV: 'production' } });
    const { status, json } = await post(`${production.url}/rate`, { score: 1, votes: 0.5 });
    await production.stop();
    expect([status, json]).toEqual([200, { score: 1, votes: 0.5 }]);
  });
});
