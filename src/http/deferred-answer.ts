import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AcceptedJob, JobDoor } from './job-door.interface.js';
import { prefersAsync } from './prefer.js';
import { sendLate } from './send-late.js';

/** The status of a request that has become a job. */
export const ACCEPTED = 202;

export function isDeferred({ takesAll }: JobDoor, { headers }: FastifyRequest): boolean {
  return takesAll || prefersAsync(headers.prefer);
}

/** Answers a request that has become a job: 202, with where to find it. @returns what interceptors are to see */
export function answerDeferred(
  request: FastifyRequest,
  reply: FastifyReply,
  { location, description }: AcceptedJob,
  isIntercepted: boolean,
): unknown {
  void reply.header('location', location);
  if (prefersAsync(request.headers.prefer)) void reply.header('preference-applied', 'respond-async');
  if (isIntercepted) {
    keepStatus(reply);
    return description;
  }
  sendLate(reply.code(ACCEPTED), description);
  return undefined;
}

/** Nest sets the status of the route when it sends what interceptors have made of it. */
function keepStatus(reply: FastifyReply): void {
  const send = reply.send.bind(reply);
  reply.send = (value?: unknown) => {
    reply.send = send;
    if (reply.statusCode < 300) void reply.code(ACCEPTED);
    return send(value);
  };
}
