import type { FastifyReply } from 'fastify';

/**
 * Sends an answer from a callback, where nobody catches what `send` throws at a header that HTTP does not allow, e.g.
 * one that a guard has set to a value of the client. The error is sent in its place.
 */
export function sendLate(reply: FastifyReply, payload: unknown): void {
  try {
    void reply.send(payload);
  } catch (error) {
    void reply.send(error);
  }
}
