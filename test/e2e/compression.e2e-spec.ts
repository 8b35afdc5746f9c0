import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { brotliBomb, gzipBomb } from '../support/compression-bomb.js';
import { scrape } from '../support/metrics.js';
import { memoryPeak } from '../support/memory-peak.js';
import { post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import type { RawResponse } from '../support/raw-response.js';
import { SeededRandom } from '../support/seeded-random.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

interface Coding {
  readonly name: string;
  readonly code: (bytes: Uint8Array) => Buffer;
  readonly decode: (bytes: Uint8Array) => Buffer;
}

/** Not in the types of Node 20. */
const { zstdCompressSync, zstdDecompressSync } = zlib as unknown as Record<string, Coding['code']>;
const CODINGS: readonly Coding[] = [
  { name: 'gzip', code: zlib.gzipSync, decode: zlib.gunzipSync },
  { name: 'deflate', code: zlib.deflateSync, decode: zlib.inflateSync },
  { name: 'br', code: zlib.brotliCompressSync, decode: zlib.brotliDecompressSync },
  ...(zstdCompressSync && zstdDecompressSync
    ? [{ name: 'zstd', code: zstdCompressSync, decode: zstdDecompressSync }]
    : []),
];
const ACCEPTED = zstdCompressSync ? 'zstd, gzip, br, deflate' : 'gzip, br, deflate';
const GIB = 2 ** 30;

const random = new SeededRandom(7);
/** Large enough to be carried by shared memory. */
const large = Buffer.from(JSON.stringify(Array.from({ length: 60_000 }, () => random.below(10_000))));
const small = Buffer.from(`"${'a short text. '.repeat(100)}"`);

let app: AppProcess;
beforeAll(async () => void (app = await startReadyApp('http-raw', { args: ['--compression'] })));
afterAll(() => app?.stop());

function send(path: string, body: Uint8Array, ...headers: readonly string[]): Promise<RawResponse> {
  return RawHttp.request(app.port, [`POST ${path}`, `Content-Length: ${body.length}`, ...headers], body);
}

async function expectNoSlots(): Promise<void> {
  await waitFor(async () => (await scrape(app.url)).sum('mosec_service_shared_memory_slots') === 0);
}

describe.each(CODINGS)('with $name', ({ name, code, decode }) => {
  it.each([
    ['small', small],
    ['large', large],
  ])('should take a %s body so, and answer so', async (_, body) => {
    const answer = await send('/echo', code(body), `Content-Encoding: ${name}`, `Accept-Encoding: ${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-encoding': name, vary: 'Accept-Encoding' });
    expect(answer.body.length).toBeLessThan(body.length / 2);
    expect(decode(answer.body).equals(body)).toBe(true);
  });

  it('should take a chunked body that comes in small pieces', async () => {
    const coded = code(large);
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /echo', 'Transfer-Encoding: chunked', `Content-Encoding: ${name}`);
    for (let at = 0; at < coded.length; at += 997) {
      http.sendChunk(coded.subarray(at, at + 997));
      if (at % 9_970 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    http.sendChunk('');
    const answer = await http.response();
    http.destroy();
    expect([answer.status, answer.headers['content-encoding'], answer.body.equals(large)]).toEqual([
      200,
      undefined,
      true,
    ]);
  });

  it('should answer 400 to a body that is cut off or something else', async () => {
    const coded = code(large);
    const broken = [coded.subarray(0, coded.length >> 1), small, Buffer.concat([coded, Buffer.from('tail')])];
    for (const body of broken) {
      const answer = await send('/echo', body, `Content-Encoding: ${name}`);
      const message = expect.stringMatching(`^decoding error: the body is not valid ${name}: `) as string;
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        400,
        expect.objectContaining({ code: 'DECODING', message }),
      ]);
    }
  });

  it('should show the stage the body as if it had never been coded', async () => {
    const { text } = await send('/describe', code(large), `Content-Encoding: ${name}`, 'Content-Type: a/b');
    expect(JSON.parse(text)).toEqual({ length: large.length, type: 'a/b' });
  });
});

describe('when a coding is not known', () => {
  it('should answer 415 with those that are, and go on on the same connection', async () => {
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /echo', 'Content-Length: 3', 'Content-Encoding: lzma');
    http.send('abc');
    const answer = await http.response();
    expect([answer.status, answer.headers['accept-encoding']]).toEqual([415, ACCEPTED]);
    http.sendHead('POST /sum', 'Content-Length: 5');
    http.send('[1,2]');
    expect((await http.response()).text).toBe('3');
    http.destroy();
  });
});

describe('when an answer is not worth it', () => {
  it("should send a short one, an error and an ordinary controller's as they are", async () => {
    const accept = 'Accept-Encoding: gzip';
    expect((await send('/sum', Buffer.from('[1,2]'), accept)).headers['content-encoding']).toBeUndefined();
    const error = await send('/sum', Buffer.from('[1,'), accept);
    expect([error.status, error.headers['content-encoding']]).toEqual([400, undefined]);
    const order = await send('/orders', small, accept, 'Content-Type: text/plain');
    expect(order.headers).not.toHaveProperty('content-encoding');
  });
});

describe('when 10 GiB come in a few kilobytes', () => {
  it('should answer 413 with bounded memory, and serve others meanwhile', async () => {
    const gzip = gzipBomb(10 * GIB);
    const bombs: readonly (readonly [string, Buffer])[] = [
      ['br', await brotliBomb(10 * GIB)],
      ['gzip', gzip],
      ['gzip, gzip', zlib.gzipSync(gzip, { level: 9 })],
      ['gzip, br', zlib.brotliCompressSync(gzip)],
    ];
    expect(bombs[0]?.[1].length).toBeLessThan(10_000);
    const before = memoryPeak(app.pid);
    let exploding = true;
    const exploded = Promise.all(
      Array.from({ length: 6 }, () =>
        bombs.map(([coding, bomb]) => send('/echo', bomb, `Content-Encoding: ${coding}`)),
      ).flat(),
    ).finally(() => (exploding = false));
    let served = 0;
    while (exploding) {
      expect(await post(`${app.url}/sum`, [1, 2])).toMatchObject({ status: 200, json: 3 });
      served++;
    }
    const answers = await exploded;
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 413));
    expect(JSON.parse(answers[0]?.text ?? '')).toMatchObject({
      code: 'TOO_LARGE',
      message: 'request body is too large',
    });
    expect(served).toBeGreaterThan(0);
    // Each may become 10 MiB until it is found out.
    expect(memoryPeak(app.pid) - before).toBeLessThan(answers.length * 2 * 10_485_760);
    await expectNoSlots();
  });
});

describe('when clients leave', () => {
  it('should forget their bodies and answers, and go on', async () => {
    const coded = zlib.gzipSync(large);
    for (let at = 0; at <= coded.length; at += coded.length >> 4) {
      const http = await RawHttp.connect(app.port);
      http.sendHead('POST /echo', `Content-Length: ${coded.length}`, 'Content-Encoding: gzip', 'Accept-Encoding: br');
      http.send(coded.subarray(0, at));
      await new Promise((resolve) => setImmediate(resolve));
      http.destroy();
    }
    const answer = await send('/echo', coded, 'Content-Encoding: gzip');
    expect([answer.status, answer.body.equals(large)]).toEqual([200, true]);
    await expectNoSlots();
    expect(app.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
