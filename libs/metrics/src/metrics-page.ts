import { register as defaultRegistry, type Registry } from 'prom-client';
import type { LogSink, MetricFamily } from '#libs/contracts';
import { acceptsOpenMetrics } from './accepts-open-metrics.js';
import { collectDefaults } from './default-metrics.js';
import { OPEN_METRICS_FORMAT, TEXT_FORMAT, type Exposition } from './exposition.js';
import { joinFamilies } from './family-page.js';
import { readRegistry } from './read-registry.js';
import type { ServerMetrics } from './server-metrics.js';
import type { WorkersMetrics } from './workers-metrics.js';

/** Everything there is to show: of the server, of its workers, and what the application has on prom-client's default registry. */
export class MetricsPage {
  private readonly told = new Set<string>();
  /** Of the server's process, unless the application shows them itself. */
  private defaults?: Registry;

  constructor(
    private readonly server: ServerMetrics,
    private readonly workers: WorkersMetrics,
    private readonly log: LogSink,
  ) {}

  /** @param accept header of the request, which chooses the format */
  async write(accept?: string): Promise<Exposition> {
    await this.workers.refresh();
    const server = await readRegistry(this.server.registry);
    const application = await this.application();
    const format = acceptsOpenMetrics(accept) ? OPEN_METRICS_FORMAT : TEXT_FORMAT;
    this.defaults ??= collectDefaults('process', application);
    const process = await readRegistry(this.defaults);
    const families = joinFamilies(
      [...server, ...application, ...process, ...this.workers.families],
      format.nameOf,
      (name) => this.tellOnce(`metric "${name}" is left out of /metrics, as another one has that name: rename it`),
    );
    return format.write(families);
  }

  /** A metric of the application that throws takes no more than its registry down. */
  private async application(): Promise<MetricFamily[]> {
    try {
      return await readRegistry(defaultRegistry);
    } catch (error) {
      this.tellOnce(`prom-client's default registry cannot be read: ${String(error)}`);
      return [];
    }
  }

  private tellOnce(message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.log.log('warning', message);
  }
}
