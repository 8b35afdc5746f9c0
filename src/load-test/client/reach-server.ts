import { connect } from 'node:net';

const CURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections: start the server there, or correct host and port',
  ENOTFOUND: 'has a host that cannot be found: correct the URL',
  EAI_AGAIN: 'has a host that cannot be found: correct the URL, or try again when the network is there',
  ETIMEDOUT: 'does not answer: correct host and port, or let the firewall pass',
};

/**
 * Opens a connection and closes it, so that a wrong address is told at once and not as so many failed requests.
 * @throws Error which says what is wrong with the address
 */
export async function reachServer(url: URL, timeoutMs: number): Promise<void> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const code = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (result?: string): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end()).once('timeout', () => end('ETIMEDOUT'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => end(code ?? 'no code'));
  });
  if (code === undefined) return;
  throw new Error(`"${url.origin}" ${CURES[code] ?? `cannot be reached (${code}): correct host and port`}.`);
}
