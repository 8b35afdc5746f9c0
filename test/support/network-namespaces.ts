import { spawnSync } from 'node:child_process';

/** Machines of their own on one bridge, as far as the network goes: `ip netns`. Needs root. */
export class NetworkNamespaces {
  private readonly bridge: string;
  private readonly made: string[] = [];

  /** @param tag at most 6 characters, of this test alone @param subnet first three numbers of an address */
  private constructor(
    private readonly tag: string,
    private readonly subnet: string,
  ) {
    this.bridge = `${tag}br`;
  }

  /** Why this machine has none; undefined where it has. */
  static unavailable(): string | undefined {
    if (process.getuid?.() !== 0) return 'network namespaces need root';
    const name = `probe${process.pid}`;
    const added = ip(['netns', 'add', name]);
    if (added !== undefined) return added;
    const seen = ip(['netns', 'exec', name, 'true']);
    const linked = ip(['link', 'add', `${name.slice(0, 11)}br`, 'type', 'bridge']);
    if (linked === undefined) ip(['link', 'del', `${name.slice(0, 11)}br`]);
    ip(['netns', 'del', name]);
    return seen ?? linked;
  }

  static make(tag: string, subnet: string): NetworkNamespaces {
    const made = new NetworkNamespaces(tag, subnet);
    made.must(['link', 'add', made.bridge, 'type', 'bridge']);
    made.must(['addr', 'add', `${made.address}/24`, 'dev', made.bridge]);
    made.must(['link', 'set', made.bridge, 'up']);
    return made;
  }

  /** Of this machine on the bridge. */
  get address(): string {
    return `${this.subnet}.1`;
  }

  /** @returns the command that runs a program there, and where that can be reached */
  add(number: number): { wrapper: readonly string[]; address: string } {
    const [name, outside, inside] = [this.nameOf(number), `${this.tag}o${number}`, `${this.tag}i${number}`];
    const address = `${this.subnet}.${number + 1}`;
    this.must(['netns', 'add', name]);
    this.made.push(name);
    this.must(['link', 'add', outside, 'type', 'veth', 'peer', 'name', inside]);
    this.must(['link', 'set', inside, 'netns', name]);
    this.must(['link', 'set', outside, 'master', this.bridge]);
    this.must(['link', 'set', outside, 'up']);
    const exec = ['netns', 'exec', name];
    this.must([...exec, 'ip', 'addr', 'add', `${address}/24`, 'dev', inside]);
    this.must([...exec, 'ip', 'link', 'set', inside, 'up']);
    this.must([...exec, 'ip', 'link', 'set', 'lo', 'up']);
    return { wrapper: ['ip', ...exec], address };
  }

  /** Pulls its cable, or puts it back. */
  connect(number: number, isConnected: boolean): void {
    this.must(['link', 'set', `${this.tag}o${number}`, isConnected ? 'up' : 'down']);
  }

  remove(): void {
    for (const name of this.made) ip(['netns', 'del', name]);
    ip(['link', 'del', this.bridge]);
  }

  private nameOf(number: number): string {
    return `${this.tag}ns${number}`;
  }

  private must(args: readonly string[]): void {
    const error = ip(args);
    if (error !== undefined) throw new Error(error);
  }
}

/** @returns what it complains of */
function ip(args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  return `ip ${args.join(' ')}: ${error?.message ?? stderr.trim()}`;
}
