import { isClickId } from "../../contract/plain-identifier.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import type { StorefrontWindow } from "./storefront-window.ts";

const NINETY_DAYS_S = 90 * 86_400;

/** A click as it reached the page: Meta's `fbclid`, and when it was first seen in Unix milliseconds. */
export interface Click {
  readonly fbclid: string | null;
  readonly seenAt: number;
}

/**
 * Keeps the click in memory alone: storing it is the visitor's to allow. A value with anything but the letters that
 * Meta's click IDs are made of is not one, and must not get into a cookie.
 */
export function seeClick(page: StorefrontWindow, now: number): Click {
  const fbclids = new URLSearchParams(page.location.search).getAll("fbclid");
  return { fbclid: fbclids.find(isClickId) ?? null, seenAt: now };
}

/**
 * Whether `_fbc` must be written: there is a click, and the cookie is absent or holds another one. Meta's tools may have
 * appended to the cookie ("fb.1.<ms>.<fbclid>.<appendix>"), which is still the same click.
 * Rule: Meta, "fbp and fbc parameters": rewrite only if absent or if the fbclid in the address differs.
 */
export function isNewClick(cookie: string, fbclid: string | null): fbclid is string {
  const kept = cookie.split(".").slice(3).join(".");
  return fbclid !== null && kept !== fbclid && !kept.startsWith(`${fbclid}.`);
}

/** Writes `_fbc` (fb.<index>.<first seen ms>.<fbclid verbatim>, 90 days) where the Pixel has not. Only after consent. */
export function keepClick(page: StorefrontWindow, click: Click): void {
  const { fbclid, seenAt } = click;
  if (!isNewClick(readCookie(page, "_fbc"), fbclid)) return;
  writeCookie(page, "_fbc", (index) => `fb.${index}.${seenAt}.${fbclid}`, NINETY_DAYS_S);
}
