import type { LookupAddress } from 'node:dns';
import { isIP, type BlockList } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { JobRefusal } from '../job-refusal.js';
import { listOf, mayBeCalled } from './public-address.js';
import type { WebhookSettings } from './webhook-settings.js';

/** Every address of a host. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

const LONGEST_URL = 2_048;
/** A client waits for it. */
const LOOKUP_TIMEOUT_MS = 5_000;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/** Decides which URLs are called, and at which address. */
export class WebhookTargets {
  private readonly ranges: BlockList;

  constructor(
    private readonly settings: Pick<WebhookSettings, 'allow' | 'allowPrivate' | 'allowHttp'>,
    private readonly resolve: Resolve,
  ) {
    this.ranges = listOf(settings.allowPrivate);
  }

  /**
   * The URL, and an address of it that may be called.
   * @throws JobRefusal that says why not
   */
  async check(text: string): Promise<{ url: URL; address: LookupAddress }> {
    const url = this.parse(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const addresses = family > 0 ? [{ address: host, family }] : await this.lookUp(host);
    const [address] = addresses;
    // One private address among public ones is what a rebinding attack looks like.
    if (address && addresses.every((each) => mayBeCalled(each.address, this.ranges))) return { url, address };
    throw refused(`the host "${host}" has an address that is not public`);
  }

  private parse(text: string): URL {
    if (text.length > LONGEST_URL || !URL.canParse(text)) throw refused('it is no URL');
    const url = new URL(text);
    const { protocol } = url;
    if (protocol !== 'https:' && !(this.settings.allowHttp && protocol === 'http:')) throw refused('it is not https');
    if (url.username || url.password) throw refused('it holds a user or a password');
    const port = url.port || (DEFAULT_PORTS[protocol] as string);
    const standard = port === DEFAULT_PORTS[protocol];
    if (this.settings.allow.some((pattern) => hostAllowed(pattern, url.hostname, port, standard))) return url;
    throw refused(`the host "${url.host}" is not allowed`);
  }

  private async lookUp(host: string): Promise<readonly LookupAddress[]> {
    const late = new AbortController();
    const limit = delay(LOOKUP_TIMEOUT_MS, [], { ref: false, signal: late.signal }).catch(() => []);
    const found = await Promise.race([this.resolve(host).catch(() => []), limit]);
    late.abort();
    if (found.length > 0) return found;
    throw refused(`the host "${host}" cannot be found`);
  }
}

/**
 * @param pattern `hooks.example.com`, `*.example.com` (below it), or `*`; for another port than the standard one also that,
 * `hooks.example.com:8443`, or `:*` for any
 */
export function hostAllowed(pattern: string, hostname: string, port: string, isStandard: boolean): boolean {
  const [, host = '', wanted] = /^(.*?)(?::(\d+|\*))?$/.exec(pattern.toLowerCase()) ?? [];
  const portFits = wanted === undefined ? isStandard : wanted === '*' || wanted === port;
  if (!portFits) return false;
  if (host === '*') return true;
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}

function refused(why: string): JobRefusal {
  return new JobRefusal(`the webhook URL is refused: ${why}`, 'WEBHOOK_REFUSED');
}
