/** The buyer's address and browser, or why what we have is not the buyer's. */
import { BlockList, isIP } from "node:net";
import { cleanText, drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";

const MAX_USER_AGENT_LENGTH = 1024;

/** Addresses that no buyer has on the internet: this host, private networks, link-local, carrier NAT, multicast. */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["224.0.0.0", 3],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, "ipv6");
}

/** "::ffff:203.0.113.10" is how a dual-stack socket writes an IPv4 address. */
const MAPPED_IPV4 = /^::ffff:(?=[0-9.]+$)/i;

/** A public IPv4 or IPv6 address as written; loopback, private and malformed ones are dropped. */
export function normaliseIp(raw: string): Normalised {
  const ip = raw.trim().replace(MAPPED_IPV4, "");
  const version = ip.includes("%") ? 0 : isIP(ip);
  if (version === 0) return drop("malformed");
  return NOT_PUBLIC.check(ip, version === 6 ? "ipv6" : "ipv4") ? drop("private_address") : keep(ip);
}

/** Control characters, and what a program writes where it had nothing. */
const NO_USER_AGENT = /\p{Cc}|^(?:null|undefined)$/u;

export function normaliseUserAgent(raw: string): Normalised {
  const clean = cleanText(raw, MAX_USER_AGENT_LENGTH);
  return clean.ok && NO_USER_AGENT.test(clean.value) ? drop("malformed") : clean;
}

/** Meta prefers IPv6 where both are known; otherwise the first, which is the better witness. */
export function preferIpv6(addresses: readonly string[]): string | undefined {
  return addresses.find((ip) => ip.includes(":")) ?? addresses[0];
}
