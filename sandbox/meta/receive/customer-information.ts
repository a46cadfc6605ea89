import { isIP } from "node:net";
import { z } from "zod";

const may = z.exactOptional;

/** An issue that Meta answers with a subcode of its own, on whatever its schema refuses. */
export const withSubcode = (subcode: number) => ({ error: "Invalid parameter", params: { subcode } });

export const text = z.string().regex(/\S/, "Value must not be empty");
/** A whole number, or one written as digits: Graph IDs travel both ways. */
export const numericId = z.union([z.int(), z.string().regex(/^\d+$/)], "Expected an integer");

/** One schema for several keys. */
export const alike = <T, const K extends string>(schema: T, ...keys: K[]): Record<K, T> =>
  Object.fromEntries(keys.map((key) => [key, schema])) as Record<K, T>;

/** One value or a list of them. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) => (Array.isArray(given) ? (given as unknown[]) : [given]),
    z.array(item).min(1, "Value must not be empty"),
  );

/**
 * A hash as Meta's own libraries produce it: SHA-256 (or legacy MD5) in lowercase hex, perhaps with the Parameter
 * Builder's appendix of 8 (older: 2) base64url characters behind a dot (meta.md 2.5 and section 3).
 */
const HASH = /^(?:[0-9a-f]{64}|[0-9a-f]{32})(?:\.[A-Za-z0-9_-]{2}|\.[A-Za-z0-9_-]{8})?$/;
const hashed = may(list(z.string().regex(HASH, "Value is not hashed with SHA-256")));
const IP_APPENDIX = /\.(?:[A-Za-z0-9_-]{8}|[A-Za-z0-9_-]{2})$/;
/** Of fbp and fbc only the envelope is checked: real click IDs hold dashes, underscores and dots (meta.md 2.4). */
const COOKIE = /^fb\.\d{1,2}\.\d{10,13}\.\S+$/;

/** The customer information keys and how each must look (meta.md section 2). Order is the order of the bit mask. */
const KEYS = {
  ...alike(hashed, "em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country"),
  // Hashing it is only recommended.
  external_id: may(list(text)),
  client_ip_address: may(
    z.string().refine((value) => isIP(value) !== 0 || isIP(value.replace(IP_APPENDIX, "")) !== 0, {
      error: "Expected an IP address",
    }),
  ),
  client_user_agent: may(text),
  fbc: may(z.string().refine((value) => COOKIE.test(value), withSubcode(2804001))),
  fbp: may(z.string().regex(COOKIE, "Expected the form fb.index.time.random")),
  ...alike(may(text), "subscription_id", "anon_id", "ctwa_clid", "ig_sid", "madid"),
  ...alike(may(numericId), "fb_login_id", "lead_id"),
  ...alike(may(z.union([text, numericId])), "page_id", "page_scoped_user_id", "ig_account_id"),
};
export type IdentityKey = keyof typeof KEYS;
export const IDENTITY_KEYS = Object.keys(KEYS) as IdentityKey[];

const BITS: ReadonlyMap<string, number> = new Map(IDENTITY_KEYS.map((key, position) => [key, 1 << position]));

/** One bit per key; none for a key that Meta does not know. */
export const identityMask = (...keys: readonly string[]): number =>
  keys.reduce((mask, key) => mask | (BITS.get(key) ?? 0), 0);

/** The keys of a mask, in the order of IDENTITY_KEYS. */
export const identityKeys = (mask: number): IdentityKey[] =>
  IDENTITY_KEYS.filter((key) => (mask & identityMask(key)) !== 0);

/** Combinations too broad to match anyone; a subset of one of them is refused with 2804050 (meta.md 2.2). */
const THIN_MASKS = [
  identityMask("ct", "country", "st", "zp", "ge", "client_user_agent"),
  identityMask("db", "client_user_agent"),
  identityMask("fn", "ge"),
  identityMask("ln", "ge"),
];

/** `user_data` of an event. */
export const USER_DATA = z.strictObject(KEYS).refine((user) => {
  const mask = identityMask(...Object.keys(user));
  return !THIN_MASKS.some((broad) => (mask & ~broad) === 0);
}, withSubcode(2804050));
