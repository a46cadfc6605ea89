/**
 * Meta's click and browser IDs. They are opaque: case, `_aem_` parts and the Parameter Builder's appendix are passed
 * on byte for byte, only the envelope is checked (Meta: "fbp and fbc parameters").
 */
import { drop, keep } from "./clean-text.ts";
import type { Normalised } from "./clean-text.ts";

/** `fb.<subdomain index>.<creation time in ms>.<the rest>`; milliseconds have 13 digits from 2001 to 2286. */
const ENVELOPE = /^fb\.[0-9]{1,2}\.[0-9]{13}\.[\x21-\x7e]{1,1000}$/;
const CLICK_ID = /^[A-Za-z0-9._~-]{1,1000}$/;

/** Where a page has no cookie to read its level from, Meta's rule for servers is index 1. */
const SERVER_SUBDOMAIN_INDEX = 1;

export function readClickId(raw: string): Normalised {
  return ENVELOPE.test(raw) ? keep(raw) : drop("malformed");
}

/**
 * The `fbclid` of a landing page as it stands in the address, or undefined. Never decoded into something else: a
 * real one has no characters that need it.
 *
 * @param landing an absolute or relative address, as in `landing_site`
 */
export function readFbclid(landing: string): string | undefined {
  const raw = /[?&]fbclid=([^&#]*)/.exec(landing)?.[1];
  return raw !== undefined && CLICK_ID.test(raw) ? raw : undefined;
}

/**
 * An `fbc` for a click that left no cookie.
 *
 * @param firstSeen Unix milliseconds of the first moment that we know of the click
 */
export function makeFbc(fbclid: string, firstSeen: number): string {
  return `fb.${SERVER_SUBDOMAIN_INDEX}.${firstSeen}.${fbclid}`;
}
