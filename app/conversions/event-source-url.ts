/**
 * `event_source_url`, which Meta wants for website events: the shop's page without anything that could identify the
 * buyer or open the order. Checkout and order pages carry tokens in their paths and `key=` in their queries.
 */
import { readFbclid } from "./click-ids.ts";

/** Path segments after which a token, an order or an account follows. */
const PRIVATE_SEGMENT = /^(?:orders?|accounts?|customers?|checkouts?|authenticate|invoices|[0-9]+)$/i;
/** Longer than a word and with a digit in it: a token. Encoded characters may hide anything. */
const TOKEN_SEGMENT = /^(?=.*[0-9]).{16,}$|%/;
const MAX_LENGTH = 1024;

/**
 * An http(s) address reduced to its origin, the public part of its path, and the click ID if there is one; undefined
 * for anything that is not such an address.
 */
export function sanitisePageUrl(raw: string): string | undefined {
  const url = parseWebUrl(raw);
  if (url === undefined) return undefined;
  const segments = url.pathname.split("/").slice(1);
  const end = segments.findIndex((segment) => PRIVATE_SEGMENT.test(segment) || TOKEN_SEGMENT.test(segment));
  // A checkout's first segment says where we are and nothing more, so it may stay.
  const keepFirst = end === 0 && /^checkouts?$/i.test(segments[0] ?? "") ? 1 : end;
  const path = (end === -1 ? segments : segments.slice(0, keepFirst)).join("/");
  const fbclid = readFbclid(url.search);
  const clean = `${url.origin}/${path}${fbclid === undefined ? "" : `?fbclid=${fbclid}`}`;
  return clean.length > MAX_LENGTH ? `${url.origin}/` : clean;
}

/** The shop's front page, from any address of the shop such as `order_status_url`. */
export function shopFrontUrl(raw: string): string | undefined {
  const url = parseWebUrl(raw);
  return url === undefined ? undefined : `${url.origin}/`;
}

function parseWebUrl(raw: string): URL | undefined {
  const url = URL.parse(raw.trim());
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}
