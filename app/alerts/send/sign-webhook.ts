import { createHmac, randomBytes } from "node:crypto";

/** Names the form of the signature, so that another one can come beside it. */
const VERSION = "v1";

export const TIMESTAMP_HEADER = "tandem-timestamp";
export const SIGNATURE_HEADER = "tandem-signature";

/** A channel's signing secret: 32 random bytes in base64url behind a prefix by which people know what it is. */
export function makeSigningSecret(): string {
  return `tdmwh_${randomBytes(32).toString("base64url")}`;
}

/**
 * Headers that prove who sent a body, and when: HMAC-SHA256 under the whole text of the secret over the time, a dot and the
 * raw body. The receiver compares in constant time and refuses a time that is more than five minutes off, so that a recorded
 * message cannot be sent again later.
 *
 * @param at unix milliseconds; in the header as unix seconds
 */
export function signWebhook(secret: string, body: string, at: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const mac = createHmac("sha256", secret).update(`${timestamp}.${body}`, "utf8").digest("hex");
  return { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: `${VERSION}=${mac}` };
}
