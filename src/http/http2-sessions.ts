import { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { WINDOW_BYTES } from './http2-settings.js';

/** How long a client may take to read what is in its socket and close it, in milliseconds after the last byte. */
const LINGER_MS = 5_000;

/** The HTTP/2 sessions of a server. Node's servers do not end them when they close, and wait for them. */
export class Http2Sessions {
  private readonly sockets = new Map<ServerHttp2Session, Socket>();
  private closing = false;
  private allClosed?: () => void;

  constructor(server: unknown) {
    if (server instanceof EventEmitter) server.on('session', (session: ServerHttp2Session) => this.add(session));
  }

  /** Tells all clients to open no more streams; each session ends with its last one. New sessions are not affected. */
  drain(): void {
    for (const session of this.sockets.keys()) session.close();
  }

  /**
   * The same, also for sessions that are still to come.
   * @param timeoutMs when those are cut off that are left
   * @returns how many of them had something to send
   */
  async closeWithin(timeoutMs: number): Promise<number> {
    this.closing = true;
    this.drain();
    if (this.sockets.size === 0) return 0;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.allClosed = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    const left = [...this.sockets.values()];
    const cut = left.filter(({ writableFinished }) => !writableFinished).length;
    for (const socket of left) socket.destroy();
    return cut;
  }

  private add(session: ServerHttp2Session): void {
    session.setLocalWindowSize(WINDOW_BYTES);
    // `once` returns the socket itself, which the session hides. Destroyed at once, it would take back what the
    // client has not read yet; left to the client, it would keep the server open.
    const socket = session.socket.once('finish', () => setTimeout(() => socket.destroy(), LINGER_MS).unref());
    this.sockets.set(session, socket);
    socket.once('close', () => {
      this.sockets.delete(session);
      if (this.sockets.size === 0) this.allClosed?.();
    });
    if (this.closing) session.close();
  }
}
