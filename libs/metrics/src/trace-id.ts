import type { CallContext } from '#libs/contracts';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The trace that a request belongs to, by its header `traceparent`. @param context JSON text of its `CallContext` */
export function traceIdOf(context: string): string | undefined {
  const { headers } = JSON.parse(context) as CallContext;
  return TRACE_PARENT.exec(headers?.['traceparent'] ?? '')?.[1];
}
