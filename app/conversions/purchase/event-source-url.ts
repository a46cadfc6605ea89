/**
 * `event_source_url`, which Meta wants for website events: the shop's page without anything that could identify the
 * buyer or open the order. Checkout and order pages carry tokens in their paths and `key=` in their queries.
 */
import { listFbclids, readFbclid } from "../customer/click-ids.ts";

/** Path segments after which a token, an order or an account follows. */
const PRIVATE_SEGMENT = /^(?:orders?|accounts?|customers?|checkouts?|authenticate|invoices|[0-9]+)$/i;
/**
 * What a page's name is made of. Anything else may hide a person: an e-mail address has its `@`, a telephone number its
 * `+` or parentheses, and `%` encodes them all, however often.
 */
const PLAIN_SEGMENT = /^[\w.~-]*$/;
/** Longer than a word and with a digit in it, or with capitals in the middle of one word: a token. */
const TOKEN_SEGMENT = /^(?=.*[0-9]).{16,}$|^(?=.*[a-z][A-Z])[A-Za-z0-9_]{16,}$/;
/** Seven digits and more, whatever stands between them: a telephone number (a date written in digits goes too). */
const PHONE_SEGMENT = /[0-9](?:[._~-]{0,3}[0-9]){6}/;
/** An e-mail address whose `@`, and perhaps whose dot, was written as a word: the first "at", and what follows one. */
const WRITTEN_AT = /[._~-]at[._~-]/i;
const DOMAIN_END = /[.][a-z]{2,}$|[._~-]dot[._~-]/i;
/** Of a path; longer ones are no pages of a shop, and every pattern above meets a text of this length at most. */
const LONGEST_SEGMENT = 255;
const MAX_LENGTH = 1024;

/**
 * An http(s) address reduced to its origin, the public part of its path, and the click ID if there is one; undefined
 * for anything that is not such an address.
 */
export function sanitisePageUrl(raw: string): string | undefined {
  const url = parseWebUrl(raw);
  if (url === undefined) return undefined;
  const segments = url.pathname.split("/").slice(1);
  const end = segments.findIndex(isPrivate);
  // A checkout's first segment says where we are and nothing more, so it may stay.
  const keepFirst = end === 0 && /^checkouts?$/i.test(segments[0] ?? "") ? 1 : end;
  const path = (end === -1 ? segments : segments.slice(0, keepFirst)).join("/");
  const fbclid = firstFbclid(url.search);
  const clean = `${url.origin}/${path}${fbclid === undefined ? "" : `?fbclid=${fbclid}`}`;
  return clean.length > MAX_LENGTH ? `${url.origin}/` : clean;
}

function isPrivate(segment: string): boolean {
  return (
    segment.length > LONGEST_SEGMENT ||
    !PLAIN_SEGMENT.test(segment) ||
    PRIVATE_SEGMENT.test(segment) ||
    TOKEN_SEGMENT.test(segment) ||
    PHONE_SEGMENT.test(segment) ||
    isWrittenEmail(segment)
  );
}

/** In two steps: one pattern for both would look for an end behind every "at". */
function isWrittenEmail(segment: string): boolean {
  const at = WRITTEN_AT.exec(segment);
  return at !== null && DOMAIN_END.test(segment.slice(at.index + at[0].length));
}

/** The page as Meta may know it: `sanitisePageUrl`, where it is a page of the shop's own domain. */
export function shopPageUrl(raw: string): string | undefined {
  const page = sanitisePageUrl(raw);
  return page !== undefined && isShopHost(new URL(page).hostname) ? page : undefined;
}

/**
 * The shop's front page, from any address of the shop such as `order_status_url`; undefined where the address is one of
 * Shopify's own hosts, on which orders of many shops are shown.
 */
export function shopFrontUrl(raw: string): string | undefined {
  const url = parseWebUrl(raw);
  return url !== undefined && isShopHost(url.hostname) ? `${url.origin}/` : undefined;
}

/** Shopify's hosts that are nobody's shop, each with all of its subdomains (checkout, accounts, Shop Pay, previews). */
const SHOPIFY_HOSTS =
  /(?:^|\.)(?:shopify\.com|shop\.app|shopifypreview\.com|shopifycloud\.com|shopifycdn\.(?:com|net)|shopifysvc\.com|shopifycs\.com|shopifyapps\.com|shopify\.dev|shopify\.plus|shopify\.link)$|^myshopify\.com$/;

/** `NAME.myshopify.com` is a shop's own, whatever else it has. @param hostname lower case, as `URL` gives it */
function isShopHost(hostname: string): boolean {
  return hostname !== "" && !SHOPIFY_HOSTS.test(hostname);
}

/** The first click ID that is one; its time is of no interest here. */
function firstFbclid(search: string): string | undefined {
  for (const raw of listFbclids(search)) {
    const reading = readFbclid(raw, Number.MAX_SAFE_INTEGER);
    // Meta's have letters; without one it may be a telephone number.
    if (reading.ok && /[a-z]/i.test(reading.click.clickId)) return reading.click.clickId;
  }
  return undefined;
}

function parseWebUrl(raw: string): URL | undefined {
  const url = URL.parse(raw.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  // A root dot is the same host, and would make it another origin.
  url.hostname = url.hostname.replace(/(?<!\.)\.+$/, "");
  return url;
}
