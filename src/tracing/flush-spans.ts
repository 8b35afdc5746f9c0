import { setTimeout as delay } from 'node:timers/promises';
import type { OtelApi } from './otel-api.js';

/** How long the last spans may take at the stop, in milliseconds: their collector may be gone. */
const FLUSH_MS = 500;

interface Flushable {
  forceFlush?(): Promise<void>;
  getDelegate?(): Flushable;
}

/** Has the SDK send off the spans that it keeps for a batch, which the end of the process would lose. Never rejects. */
export async function flushSpans({ trace }: OtelApi): Promise<void> {
  const provider = trace.getTracerProvider() as Flushable;
  const sdk = provider.getDelegate?.() ?? provider;
  const flushed = Promise.resolve(sdk.forceFlush?.()).catch(() => undefined);
  await Promise.race([flushed, delay(FLUSH_MS, undefined, { ref: false })]);
}
