import { once } from 'node:events';
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { selfSigned } from '../support/certificate.js';
import { Http2Client } from '../support/http2-client.js';
import { startApp } from '../support/start-app.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const { key, cert } = selfSigned();
const apps: AppProcess[] = [];

afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop('SIGKILL')));
});

async function start(by: string): Promise<AppProcess> {
  const app = await startApp('http-tls', { env: { TLS_KEY: key, TLS_CERT: cert, TLS_BY: by } });
  apps.push(app);
  await app.waitForLog('1 of 1 replicas ready');
  await app.waitForLog('successfully started');
  return app;
}

async function postHttp1(port: number, body: string, agent: Agent): Promise<string> {
  const sent = request({ host: '127.0.0.1', port, path: '/echo', method: 'POST', ca: cert, agent }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return `${response.httpVersion} ${response.statusCode} ${await text(response)}`;
}

async function chosenProtocol(port: number): Promise<unknown> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca: cert, ALPNProtocols: ['h2', 'http/1.1'] });
  await once(socket, 'secureConnect');
  socket.destroy();
  return socket.alpnProtocol;
}

describe.each(['factory', 'nest'])('when the server of an application speaks TLS (%s)', (by) => {
  it('should speak HTTP/2 and HTTP/1.1 on one port, and end with 0 while clients keep connections', async () => {
    const app = await start(by);
    expect(await chosenProtocol(app.port)).toBe('h2');
    const client = await Http2Client.connect(`https://127.0.0.1:${app.port}`, { ca: cert });
    const agent = new Agent({ keepAlive: true });
    const body = 'x'.repeat(100_000);
    const answers = await Promise.all([1, 2, 3].map((i) => client.post('/echo', `${i}${body}`)));
    for (const [i, answer] of answers.entries()) {
      expect([answer.status, answer.text === `${i + 1}${body}`]).toEqual([200, true]);
    }
    expect(await postHttp1(app.port, 'hello', agent)).toBe('1.1 200 hello');
    expect((await app.stop()).code).toBe(0);
    expect(client.goaways[0]).toBe(0);
    agent.destroy();
  });
});

describe('when HTTP/2 is switched off', () => {
  it('should speak HTTP/1.1 alone', async () => {
    const app = await start('http1');
    expect(await chosenProtocol(app.port)).not.toBe('h2');
    const agent = new Agent({ keepAlive: true });
    expect(await postHttp1(app.port, 'hello', agent)).toBe('1.1 200 hello');
    expect((await app.stop()).code).toBe(0);
    agent.destroy();
  });
});
