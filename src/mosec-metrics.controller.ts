import { Controller, Get, Headers, Res } from '@nestjs/common';
import { MosecMetrics } from './mosec-metrics.js';

/** The part of the reply that Fastify and Express share. @publicApi */
export interface MetricsReply {
  /** Sets a header of the answer. */
  header(name: string, value: string): unknown;
}

/**
 * Shows the page of `MosecMetrics`, wherever it is mounted.
 *
 * @example
 * PrometheusModule.register({ controller: MosecMetricsController })
 * @publicApi
 */
@Controller('/metrics')
export class MosecMetricsController {
  constructor(private readonly metrics: MosecMetrics) {}

  /** Everything on one page. */
  @Get()
  async index(
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: MetricsReply,
  ): Promise<string> {
    const { contentType, text } = await this.metrics.write(accept);
    reply.header('Content-Type', contentType);
    reply.header('Vary', 'Accept');
    return text;
  }
}
