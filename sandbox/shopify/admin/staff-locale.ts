import type { Request } from "express";

/** Name of the cookie that says which language the person in front of the admin has chosen in their account. */
export const STAFF_LOCALE_COOKIE = "staff_locale";

/** A person's language, as BCP 47 names it; undefined where they have chosen none. Shopify keeps it with their account. */
export function staffLocale(request: Request): string | undefined {
  const pairs = (request.get("cookie") ?? "").split("; ").map((pair) => pair.split("="));
  const chosen = pairs.find(([name]) => name === STAFF_LOCALE_COOKIE)?.[1];
  return chosen !== undefined && /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(chosen) ? chosen : undefined;
}
