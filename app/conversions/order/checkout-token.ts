import { createHash, timingSafeEqual } from "node:crypto";

/** How a checkout token is kept and compared: SHA-256, base64url. The token itself opens the order status page. */
export function hashCheckoutToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Compares two hashes in constant time; an order without a checkout token matches nothing. */
export function isSameHash(stored: string | null, given: string): boolean {
  if (stored === null) return false;
  const [left, right] = [Buffer.from(stored), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
