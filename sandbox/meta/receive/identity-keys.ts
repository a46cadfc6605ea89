/** The customer information keys and how each must look (meta.md section 2). Order is the order of the bit mask. */
export const IDENTITY_KEYS = [
  "em",
  "ph",
  "fn",
  "ln",
  "db",
  "ge",
  "ct",
  "st",
  "zp",
  "country",
  "external_id",
  "client_ip_address",
  "client_user_agent",
  "fbc",
  "fbp",
  "subscription_id",
  "fb_login_id",
  "lead_id",
  "anon_id",
  "page_id",
  "page_scoped_user_id",
  "ctwa_clid",
  "ig_account_id",
  "ig_sid",
  "madid",
] as const;

export type IdentityKey = (typeof IDENTITY_KEYS)[number];

const BITS: ReadonlyMap<string, number> = new Map(IDENTITY_KEYS.map((key, position) => [key, 1 << position]));

/** One bit per key; 0 for a key that Meta does not know. */
export function identityBit(key: string): number {
  return BITS.get(key) ?? 0;
}

/** The keys of a mask, in the order of IDENTITY_KEYS. */
export function identityKeys(mask: number): IdentityKey[] {
  return IDENTITY_KEYS.filter((_, position) => (mask & (1 << position)) !== 0);
}

export function identityMask(...keys: readonly IdentityKey[]): number {
  return keys.reduce((mask, key) => mask | identityBit(key), 0);
}

/** Keys that must arrive hashed. external_id is not among them: hashing it is only recommended. */
export const HASHED_MASK = identityMask("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country");

/** Combinations too broad to match anyone; a subset of one of them is refused with 2804050 (meta.md 2.2). */
export const THIN_MASKS: readonly number[] = [
  identityMask("ct", "country", "st", "zp", "ge", "client_user_agent"),
  identityMask("db", "client_user_agent"),
  identityMask("fn", "ge"),
  identityMask("ln", "ge"),
];

export function isThin(mask: number): boolean {
  return THIN_MASKS.some((broad) => (mask & ~broad) === 0);
}
