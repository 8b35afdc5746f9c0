import { BlockList, isIP } from 'node:net';

/**
 * What is not public of IPv4: the special-purpose registry of IANA (RFC 6890), with multicast and the reserved rest. The
 * metadata services of clouds (169.254.169.254) are link-local.
 * https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** All global unicast of IPv6; loopback, link-local, unique local, mapped and NAT64 addresses lie outside. */
const GLOBAL_IPV6 = '2000::/3';

/**
 * What of it is not public: protocol assignments with Teredo, documentation, and 6to4, which names an IPv4 address.
 * https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
const PRIVATE_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const MAPPED_IPV4_HEX = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i;

const privateIpv4 = listOf(PRIVATE_IPV4);
const globalIpv6 = listOf([GLOBAL_IPV6]);
const privateIpv6 = listOf(PRIVATE_IPV6);

/** A list of ranges in CIDR notation. @throws Error naming the one that is none */
export function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = ''] = range.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most) throw new Error(`"${range}" is no range`);
    list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/**
 * Whether an address may be called: it is public, or in one of the allowed ranges. An IPv4 address in the form of IPv6 is
 * what it means.
 */
export function mayBeCalled(address: string, allowed: BlockList): boolean {
  const plain = unmapped(address);
  const family = isIP(plain);
  if (family === 0 || plain.includes('%')) return false;
  if (allowed.check(plain, family === 4 ? 'ipv4' : 'ipv6')) return true;
  if (family === 4) return !privateIpv4.check(plain, 'ipv4');
  return globalIpv6.check(plain, 'ipv6') && !privateIpv6.check(plain, 'ipv6');
}

function unmapped(address: string): string {
  const [, dotted] = MAPPED_IPV4.exec(address) ?? [];
  if (dotted !== undefined) return dotted;
  const [, high, low] = MAPPED_IPV4_HEX.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const [left, right] = [parseInt(high, 16), parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join('.');
}
