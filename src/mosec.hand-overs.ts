import type { LogSink } from '#libs/contracts';
import { GatewayHandOver, RedisHandOver } from '#libs/handover';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import type { StageOptions } from './interfaces/stage-options.interface.js';

/** The Redis servers through which stages of an application hand over, each known by its number. */
export class HandOvers {
  private readonly opened = new Map<RedisHandOver, GatewayHandOver>();

  constructor(
    private readonly log: LogSink,
    private readonly onRefused: (reason: string) => void,
  ) {}

  get all(): readonly GatewayHandOver[] {
    return [...this.opened.values()];
  }

  /** @throws MosecConfigurationError that says what to install */
  of(stage: string, { ipc }: Pick<StageOptions, 'ipc'>): GatewayHandOver | undefined {
    if (!(ipc instanceof RedisHandOver)) return undefined;
    const known = this.opened.get(ipc) ?? this.create(stage, ipc);
    this.opened.set(ipc, known);
    return known;
  }

  private create(stage: string, settings: RedisHandOver): GatewayHandOver {
    const { address } = settings;
    const up = (): void => this.log.log('info', `connected to Redis at ${address}`);
    const down = (reason: string): void =>
      this.log.log('error', `no connection to Redis at ${address}: ${reason}; trying again`);
    const refused = (reason: string): void =>
      this.onRefused(
        `Redis at "${address}" refuses the login of stage "${stage}" (${reason}): ` +
          'correct user and password in the url of its redis()',
      );
    try {
      return new GatewayHandOver(this.opened.size, settings, { up, down, refused });
    } catch (cause) {
      const { message } = cause as Error;
      throw new MosecConfigurationError(`Stage "${stage}" has an ipc that cannot work: ${message}`, { cause });
    }
  }
}
