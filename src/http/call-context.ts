import type { FastifyRequest } from 'fastify';
import type { TraceCarrier } from '#libs/contracts';

export interface ContextOptions {
  readonly id: string;
  readonly route: string;
  readonly passHeaders: readonly string[];
  /** Whether the stage wants to know where a stream broke off. */
  readonly streams?: boolean;
  /** Takes the place of the `traceparent` that was sent. */
  readonly trace?: TraceCarrier | undefined;
}

/** JSON text of what a stage may know about a request; empty parts are left out. */
export function callContext(
  request: FastifyRequest,
  { id, route, passHeaders, streams, trace }: ContextOptions,
): string {
  let text = `{"id":${JSON.stringify(id)},"route":${JSON.stringify(route)}`;
  if (!isEmpty(request.params)) text += `,"params":${JSON.stringify(request.params)}`;
  if (!isEmpty(request.query)) text += `,"query":${JSON.stringify(request.query)}`;
  const headers = withTrace(chosenHeaders(request, passHeaders), trace);
  const contentType = request.headers['content-type'];
  if (contentType !== undefined) text += `,"contentType":${JSON.stringify(contentType)}`;
  const lastEventId = streams ? request.headers['last-event-id'] : undefined;
  if (lastEventId !== undefined) text += `,"lastEventId":${JSON.stringify(String(lastEventId))}`;
  if (headers) text += `,"headers":${JSON.stringify(headers)}`;
  return `${text}}`;
}

function isEmpty(value: unknown): boolean {
  for (const _ in value as object | undefined) return false;
  return true;
}

function withTrace(
  headers: Record<string, string> | undefined,
  { traceparent }: TraceCarrier = {},
): Record<string, string> | undefined {
  return traceparent === undefined ? headers : { ...headers, traceparent };
}

function chosenHeaders(request: FastifyRequest, names: readonly string[]): Record<string, string> | undefined {
  let chosen: Record<string, string> | undefined;
  for (const name of names) {
    const value = request.headers[name];
    if (value !== undefined) (chosen ??= {})[name] = String(value);
  }
  return chosen;
}
