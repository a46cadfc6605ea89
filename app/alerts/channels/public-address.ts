import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * Ranges of IPv4 that lead to this machine, its network, a cloud's metadata, or to no single machine (IANA's
 * special-purpose registry, RFC 6890 and its successors).
 */
const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Of the global unicast block 2000::/3 what is not one public machine; 6to4 (2002::/16) holds any IPv4 address. */
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const notPublic = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_4) notPublic.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of NOT_PUBLIC_6) notPublic.addSubnet(net, prefix, "ipv6");
/** The only IPv6 addresses that the internet routes: outside are ::1, fc00::/7, fe80::/10, ::ffff:0:0/96, 64:ff9b::/96. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/**
 * Whether an IP address is one machine of the public internet. IPv4 inside of IPv6 (mapped, NAT64, 6to4) never is: whoever
 * has the IPv4 address has it without.
 *
 * @param address as `dns.lookup` gives it, without brackets; anything that is no IP address is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic.check(address, "ipv4");
  // With a zone ("fe80::1%eth0") it is one of this machine's networks.
  if (!isIPv6(address) || address.includes("%")) return false;
  return globalUnicast.check(address, "ipv6") && !notPublic.check(address, "ipv6");
}
