import { randomUUID } from "node:crypto";

/** Proxies write UUIDs, 32 hexadecimal digits, ULIDs with a region behind them. No dot, so no signed token passes for one. */
const SANE = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * The ID of a request: what the proxy before us has given it, or a new one. A caller's own is not taken where no proxy is
 * counted: anybody could write another's ID into our log.
 *
 * @param given the header X-Request-ID; Node joins several of them with commas, which is no ID
 * @param trustedProxies how many proxies stand before us
 */
export function requestIdOf(
  given: string | readonly string[] | undefined,
  trustedProxies: number,
  makeId: () => string = randomUUID,
): string {
  return trustedProxies > 0 && typeof given === "string" && SANE.test(given) ? given : makeId();
}
