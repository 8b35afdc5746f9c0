import { Injectable } from '@nestjs/common';
import { MosecRegistry } from './mosec.registry.js';

/** A page of metrics, ready to be sent. @publicApi */
export interface MetricsExposition {
  /** Value of the header `Content-Type`, without which Prometheus refuses the page. */
  readonly contentType: string;
  readonly text: string;
}

/**
 * The page that `/metrics` shows: the server's own series, those of the workers, and what the application has put on
 * prom-client's default registry. Inject it to show the page elsewhere, or in a `/metrics` route of your own.
 *
 * @example
 * const { contentType, text } = await this.metrics.write(request.headers.accept);
 * @publicApi
 */
@Injectable()
export class MosecMetrics {
  /** @internal */
  constructor(private readonly registry: MosecRegistry) {}

  /**
   * Asks the workers, for 0.1 s at most, and writes the page.
   * @param accept header of the request: OpenMetrics 1.0.0 where it prefers that, else the text format of Prometheus
   */
  write(accept?: string): Promise<MetricsExposition> {
    return this.registry.engine.page.write(accept);
  }
}
