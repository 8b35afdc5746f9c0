import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyApp } from '../support/start-app.js';

const PRIVATE_TYPE = 'application/vnd.mosec.raw-body';

let app: AppProcess;

beforeAll(async () => void (app = await startReadyApp('http-raw')));
afterAll(() => app?.stop());

describe('when a pipeline route gets a body', () => {
  const types = ['application/json', 'image/png', 'garbage', 'a/b/c; ==', 'application/x-www-form-urlencoded', ''];

  it.each(types)('should ignore the content type "%s"', async (type) => {
    const answer = await RawHttp.request(
      app.port,
      ['POST /sum', 'Content-Length: 7', ...(type ? [`Content-Type: ${type}`] : [])],
      '[1,2,3]',
    );
    expect(answer).toMatchObject({ status: 200, text: '6' });
  });

  it.each(types)('should let the stage see the content type "%s" that the client sent', async (type) => {
    const answer = await RawHttp.request(
      app.port,
      ['POST /describe', 'Content-Length: 3', ...(type ? [`Content-Type: ${type}`] : [])],
      'abc',
    );
    expect(JSON.parse(answer.text)).toEqual(type ? { length: 3, type } : { length: 3 });
  });

  it('should hand on invalid JSON as bytes, and leave the verdict to the stage', async () => {
    const headers = { 'content-type': 'application/json' };
    expect(await post(`${app.url}/echo`, '{"a":', headers)).toMatchObject({ status: 200, text: '{"a":' });
    expect(await post(`${app.url}/sum`, '[1,', headers)).toMatchObject({ status: 400, json: { code: 'DECODING' } });
  });

  it('should put the chunks of a chunked body together', async () => {
    const body = randomBytes(300_000);
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /echo', 'Transfer-Encoding: chunked', 'Content-Type: image/png');
    for (let at = 0; at < body.length; at += 40_000) http.sendChunk(body.subarray(at, at + 40_000));
    http.sendChunk('');
    const answer = await http.response();
    expect(answer.status).toBe(200);
    expect(answer.body.equals(body)).toBe(true);
    http.destroy();
  });

  it('should refuse a compressed body while compression is off, and answer as it is', async () => {
    const zipped = gzipSync('[1,2,3]');
    const head = ['POST /sum', `Content-Length: ${zipped.length}`, 'Content-Encoding: gzip'] as const;
    const refused = await RawHttp.request(app.port, head, zipped);
    expect([refused.status, refused.headers['accept-encoding']]).toEqual([415, 'identity']);
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: expect.stringContaining('start the server with --compression') as string,
    });
    const body = Buffer.alloc(100_000, 'a');
    const echoed = await RawHttp.request(
      app.port,
      ['POST /echo', `Content-Length: ${body.length}`, 'Accept-Encoding: gzip'],
      body,
    );
    expect([echoed.headers['content-encoding'], echoed.headers.vary]).toEqual([undefined, undefined]);
    expect(echoed.body.equals(body)).toBe(true);
  });

  it('should serve several requests on one connection, also after a refused one', async () => {
    const http = await RawHttp.connect(app.port);
    for (const [body, status] of [
      ['[1]', 200],
      ['[2', 400],
      ['', 200],
      ['[3]', 200],
    ] as const) {
      http.sendHead('POST /sum', `Content-Length: ${body.length}`);
      http.send(body);
      expect((await http.response()).status).toBe(status);
    }
    http.destroy();
  });

  it('should survive a client that leaves in the middle of its upload', async () => {
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /echo', 'Content-Length: 1000');
    http.send('only this');
    http.destroy();
    expect(await post(`${app.url}/sum`, [1, 2])).toMatchObject({ status: 200, json: 3 });
    expect(app.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('when an ordinary controller of the same application gets a body', () => {
  const order = (body: string, type: string) => post(`${app.url}/orders`, body, { 'content-type': type });

  it('should parse JSON', async () => {
    const answer = await order('{"a":[1]}', 'application/json');
    expect(answer.json).toEqual({ body: { a: [1] }, type: 'application/json' });
    expect(answer.headers.has('x-request-id')).toBe(false);
  });

  it('should parse a form', async () => {
    const answer = await order('a=1&b=two', 'application/x-www-form-urlencoded');
    expect(answer.json).toMatchObject({ body: { a: '1', b: 'two' } });
  });

  it('should refuse invalid JSON with 400', async () => {
    const answer = await order('{"a":', 'application/json');
    expect(answer).toMatchObject({ status: 400, json: { statusCode: 400 } });
  });

  it.each(['image/png', 'garbage', PRIVATE_TYPE, `${PRIVATE_TYPE}; charset=utf-8`])(
    'should refuse the unknown type "%s" with 415',
    async (type) => {
      const answer = await order('abc', type);
      expect(answer).toMatchObject({
        status: 415,
        json: { statusCode: 415, message: expect.stringContaining('Unsupported') as string },
      });
    },
  );

  it('should leave a client that sends the private type to a pipeline route no advantage', async () => {
    const answer = await post(`${app.url}/describe`, 'abc', { 'content-type': PRIVATE_TYPE });
    expect(answer.json).toEqual({ length: 3, type: PRIVATE_TYPE });
  });
});
