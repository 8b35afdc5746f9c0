import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { PayloadStore, SharedBytes } from '#libs/contracts';
import { acceptHttp2 } from './http2-preface.js';
import { handlerOptions, serverOf } from './served-request.fixture.js';

/** A slot that is overwritten as soon as nobody holds it. */
class TestSlot implements SharedBytes {
  readonly handle = { region: 1, generation: 1, offset: 0, length: 1 };
  readonly bytes: Buffer;
  holds = 1;

  constructor(content: string) {
    this.bytes = Buffer.from(content);
  }
  hold(): void {
    this.holds++;
  }
  release(): void {
    if (--this.holds === 0) this.bytes.fill('!');
  }
}

/** Puts every body into a slot of its own. */
class TestStore implements PayloadStore {
  readonly slots: TestSlot[] = [];
  store(chunks: readonly Uint8Array[], length: number): SharedBytes {
    const slot = new TestSlot(Buffer.concat(chunks, length).toString());
    this.slots.push(slot);
    return slot;
  }
}

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function send(intercepted = false) {
  const store = new TestStore();
  const { options, next } = handlerOptions({ store });
  app = serverOf(options, intercepted);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const arrived = next();
  const response = fetch(`${url}/echo`, { method: 'POST', body: '"body"' });
  return { open: await arrived, response, body: store.slots[0] as TestSlot, store, url };
}

describe('when a body was put into shared memory', () => {
  it('should go to the pipeline with its slot, and leave the slot to whoever holds it then', async () => {
    const { open, response, body } = await send();
    expect(open.request.shared).toBe(body);
    expect(body.holds).toBe(0);
    open.answer('"done"');
    expect(await (await response).text()).toBe('"done"');
  });

  it('should let go of the slot when the request is refused before the pipeline', async () => {
    const { store, url, open, response } = await send();
    const refused = await fetch(`${url}/echo`, { method: 'POST', body: '1', headers: { 'x-request-timeout': 'soon' } });
    expect([refused.status, store.slots[1]?.holds]).toEqual([400, 0]);
    open.answer('1');
    await response;
  });
});

describe('when the answer lies in shared memory', () => {
  it('should hold its slot until the response is closed', async () => {
    const { open, response } = await send();
    const answer = new TestSlot('"from the slot"');
    open.settle({ payload: answer.bytes, shared: answer });
    answer.release();
    expect(answer.holds).toBe(1);
    expect(await (await response).text()).toBe('"from the slot"');
    await expect.poll(() => answer.holds).toBe(0);
  });

  it('should not be read from its slot over HTTP/2, where a stream that is reset closes before it is sent', async () => {
    const { options, next } = handlerOptions();
    app = serverOf(options);
    acceptHttp2(app.server);
    const client = connect(await app.listen({ port: 0, host: '127.0.0.1' }));
    const arrived = next();
    const stream = client.request({ ':method': 'POST', ':path': '/echo' });
    const received = text(stream.end('"body"'));
    const open = await arrived;
    const answer = new TestSlot('"from the slot"');
    open.settle({ payload: answer.bytes, shared: answer });
    answer.release();
    expect(answer.holds).toBe(0);
    expect(await received).toBe('"from the slot"');
    client.close();
  });

  it('should give interceptors a value that they may keep', async () => {
    const { open, response } = await send(true);
    const answer = new TestSlot('"from the slot"');
    open.settle({ payload: answer.bytes, shared: answer });
    answer.release();
    expect(answer.holds).toBe(0);
    expect(await (await response).text()).toBe('"from the slot"');
  });
});
