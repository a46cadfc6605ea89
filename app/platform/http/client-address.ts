import { isIP, isIPv4 } from "node:net";

/**
 * A caller's address in its one form: IPv4 dotted, an IPv6 address that stands for an IPv4 one (`::ffff:1.2.3.4`) as that,
 * any other IPv6 compressed and in lower case, without a zone.
 *
 * @param text from a socket, or from an X-Forwarded-For that anybody may have written
 * @returns "" for what is no address
 */
export function readAddress(text: string | undefined): string {
  const bare = text === undefined || text.length > 100 ? "" : (text.trim().split("%")[0] ?? "");
  if (isIPv4(bare)) return bare;
  if (isIP(bare) !== 6) return "";
  const parts = expand(bare);
  if (parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff) {
    const [high = 0, low = 0] = parts.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
}

/**
 * Who called, as express's `trust proxy` has it: of the addresses that the proxies noted, from the right, the one that the
 * outermost trusted proxy saw. Where there are fewer, the leftmost.
 *
 * @param forwardedFor the header X-Forwarded-For
 * @param trustedProxies how many proxies stand before us
 */
export function callerAddress(
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trustedProxies: number,
): string {
  const noted = forwardedFor === undefined || trustedProxies === 0 ? [] : String(forwardedFor).split(",");
  const position = Math.min(trustedProxies, noted.length);
  return readAddress(position === 0 ? socketAddress : noted[noted.length - position]);
}

/** Who is counted as one: a host, and the network that hands out such hosts. */
export interface AddressKeys {
  /** The IPv4 address; of IPv6 the first 64 bits, which one connection has to itself (RFC 6177). */
  readonly host: string;
  /** IPv4 /24, IPv6 /48: what one customer of a provider can have at most. */
  readonly network: string;
}

/** @param address as `readAddress` gives it; callers without one share a key */
export function addressKeys(address: string): AddressKeys {
  if (isIPv4(address)) return { host: address, network: address.slice(0, address.lastIndexOf(".")) };
  if (isIP(address) !== 6) return { host: "unknown", network: "unknown" };
  const parts = expand(address).map((part) => part.toString(16));
  return { host: `${parts.slice(0, 4).join(":")}/64`, network: `${parts.slice(0, 3).join(":")}/48` };
}

/** Loopback, private, link-local and shared (carrier's) addresses: nobody on the internet has one. */
export function isInnerAddress(address: string): boolean {
  if (isIPv4(address)) {
    const [a = 0, b = 0] = address.split(".").map(Number);
    return (
      a === 127 ||
      a === 10 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128)
    );
  }
  if (isIP(address) !== 6) return false;
  const [first = 0] = expand(address);
  return address === "::1" || (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80;
}

/** The eight groups of a valid IPv6 address. */
function expand(address: string): readonly number[] {
  // The URL parser writes a dotted end in groups, and compresses one run of zeros as "::".
  const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const groups = (text: string | undefined) =>
    text ? text.split(":").map((part) => parseInt(part, 16)) : [];
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
