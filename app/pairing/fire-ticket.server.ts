import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

import type { Clock } from "../platform/process/clock.ts";

/**
 * The token that goes out with the permission to fire and comes back with what became of it: the report's ID and an end, signed.
 * Nobody else can say that a browser copy was fired, and nothing in it tells of the store or the order.
 */
export interface FireTickets {
  issue(reportId: bigint): string;
  /** The report's ID, or undefined for a ticket that is forged, damaged or past its end. */
  read(ticket: string): bigint | undefined;
}

/** Long enough for a phone that slept in between; Meta pairs for 48 hours. Milliseconds. */
const VALID_MS = 48 * 3_600_000;
const BODY_BYTES = 16;
const SIGNATURE_BYTES = 16;

/**
 * @param keys APP_ENCRYPTION_KEY first, then the old ones, base64: a ticket outlives a change of keys. The signing key is
 *   derived (HKDF-SHA-256), so that no key serves two purposes.
 */
export function createFireTickets(keys: readonly string[], clock: Clock): FireTickets {
  const derived = keys.map((key) =>
    Buffer.from(hkdfSync("sha256", Buffer.from(key, "base64"), "", "tandem fire ticket v1", 32)),
  );
  const sign = (key: Buffer, body: Buffer): Buffer =>
    createHmac("sha256", key).update(body).digest().subarray(0, SIGNATURE_BYTES);
  const [current] = derived;
  if (!current) throw new Error("a key is needed to sign tickets");

  return {
    issue: (reportId) => {
      const body = Buffer.alloc(BODY_BYTES);
      body.writeBigInt64BE(reportId, 0);
      body.writeBigInt64BE(BigInt(clock() + VALID_MS), 8);
      return Buffer.concat([body, sign(current, body)]).toString("base64url");
    },
    read: (ticket) => {
      const bytes = Buffer.from(ticket, "base64url");
      if (bytes.length !== BODY_BYTES + SIGNATURE_BYTES) return undefined;
      const body = bytes.subarray(0, BODY_BYTES);
      const signature = bytes.subarray(BODY_BYTES);
      const isOurs = derived.map((key) => timingSafeEqual(sign(key, body), signature)).includes(true);
      return isOurs && body.readBigInt64BE(8) >= BigInt(clock()) ? body.readBigInt64BE(0) : undefined;
    },
  };
}
