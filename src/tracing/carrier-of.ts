import type { Context } from '@opentelemetry/api';
import type { TraceCarrier } from '#libs/contracts';
import type { OtelApi } from './otel-api.js';

/** What the propagators of the SDK send along. */
export function carrierOf({ propagation }: OtelApi, context: Context): TraceCarrier {
  const carrier: Record<string, string> = {};
  propagation.inject(context, carrier);
  return carrier;
}
