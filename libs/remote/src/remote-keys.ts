/** Names of what the gateways and hosts of one prefix share in Redis. */
export class RemoteKeys {
  constructor(private readonly prefix: string) {}

  /** Begins the keys of BullMQ. */
  get queuePrefix(): string {
    return `${this.prefix}:remote`;
  }

  /** The value of an item until its outcome is there. */
  input(id: string): string {
    return `${this.prefix}:remote:in:${id}`;
  }

  /** The outcome of an item until its gateway has taken it. */
  result(id: string): string {
    return `${this.prefix}:remote:out:${id}`;
  }

  /** Channel to one gateway. */
  answers(gateway: string): string {
    return `${this.prefix}:remote:answers:${gateway}`;
  }

  /** Channel from all gateways to all hosts of a queue. */
  control(queue: string): string {
    return `${this.prefix}:remote:control:${queue}`;
  }

  /** Channel from all hosts to all gateways. */
  get hosts(): string {
    return `${this.prefix}:remote:hosts`;
  }
}
