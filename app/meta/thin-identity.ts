import type { CapiEvent } from "./wire-event.ts";

/**
 * Meta refuses an event whose `user_data` holds nothing but one of these sets, or part of one (100/2804050,
 * "best practices", insufficient customer information). `ge` and `db` are in Meta's sets; an order has neither.
 */
const TOO_THIN: readonly ReadonlySet<string>[] = [
  new Set(["ct", "country", "st", "zp", "ge", "client_user_agent"]),
  new Set(["db", "client_user_agent"]),
  new Set(["fn", "ge"]),
  new Set(["ln", "ge"]),
];

/** True where Meta would answer 100/2804050. */
export function isThinIdentity(userData: CapiEvent["user_data"]): boolean {
  const keys = Object.keys(userData);
  return TOO_THIN.some((set) => keys.every((key) => set.has(key)));
}
