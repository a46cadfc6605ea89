import type { Request } from "express";
import { readCookie } from "../storefront/switches.ts";

/** Name of the cookie that says which language the person in front of the admin has chosen in their account. */
export const STAFF_LOCALE_COOKIE = "staff_locale";

/** A person's language, as BCP 47 names it; undefined where they have chosen none. Shopify keeps it with their account. */
export function staffLocale(request: Request): string | undefined {
  return /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.exec(readCookie(request, STAFF_LOCALE_COOKIE) ?? "")?.[0];
}
