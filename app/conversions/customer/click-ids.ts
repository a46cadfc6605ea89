/**
 * Meta's browser ID (`fbp`) and click ID (`fbc`), judged by form and by content (Meta, "fbp and fbc parameters";
 * docs/decisions/0620). What is right passes byte for byte, with the Parameter Builder's appendix; a click ID keeps its
 * case and its `_aem_` parts. Nothing here throws, whatever the text.
 */
import { drop, keep } from "../clean-text.ts";
import type { DropReason, Normalised } from "../clean-text.ts";
import { decodeFully, isPlaceholder } from "./identifier-junk.ts";

/** What stands before a click ID. The time is judged apart: a script may have put anything there. */
const LAYER = /^fb\.([0-9]{1,2})\.([^.]{0,16})\./;
const BROWSER_ID = /^fb\.[0-9]{1,2}\.([0-9]{13})\.([0-9]{1,20})(?:\.([A-Za-z0-9_-]{2}|[A-Za-z0-9_-]{8}))?$/;
/**
 * Letters of base64url with dots between parts: the click ID and what Meta's tools append. Real ones have 20 letters
 * and more; below five there is no telling one from a counter or a flag.
 */
const CLICK_ID = /^(?=.{5,1000}$)[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*$/;

/** October 2018: the first click IDs and first-party cookies. Unix milliseconds. */
const FIRST_CLICK_IDS = Date.UTC(2018, 9, 1);
/** A buyer's clock or a server's may be ahead, in any time zone. Milliseconds. */
const DAY = 24 * 3_600_000;
/** Longer than any cookie; a text past it is not looked at. */
const MAX_LENGTH = 4096;

/** Where a page has no cookie to read its level from, Meta's rule for servers is index 1. */
const SERVER_SUBDOMAIN_INDEX = 1;

/** A click as a text told of it. */
export interface Click {
  readonly subdomainIndex: number;
  /** Unix milliseconds; absent where the text tells no time, or one that cannot be. */
  readonly createdAt?: number;
  /** The `fbclid`, with an appendix of Meta's tools if there is one; never altered. */
  readonly clickId: string;
  /** What had to be mended: none = the text is the value, byte for byte. */
  readonly flaw?: ClickFlaw;
}

/** `wrapped`: inside another value, quotes or encoding. The other two are about the time alone. */
export type ClickFlaw = "wrapped" | "in_seconds" | "impossible_time";

export type ClickReading =
  { readonly ok: true; readonly click: Click } | { readonly ok: false; readonly reason: DropReason };

/**
 * A browser ID. Its value must equal the browser's own cookie, so nothing in it is ever mended: without quotes and
 * percent-encoding, which no cookie of Meta's has, it passes as it is or not at all.
 *
 * @param now Unix milliseconds
 */
export function readBrowserId(raw: string, now: number): Normalised {
  if (raw.length > MAX_LENGTH) return drop("too_long");
  const bare = unquote(raw);
  const [, time = "", random = "", appendix] = BROWSER_ID.exec(bare) ?? [];
  if (time === "") return drop(isPlaceholder(lastPart(bare)) ? "placeholder" : "malformed");
  if (/^0+$/.test(random) || (appendix?.length === 8 && isPlaceholder(appendix))) return drop("placeholder");
  return isPossible(Number(time), now) ? keep(bare) : drop("impossible_time");
}

/**
 * A click in the form of the `_fbc` cookie, `fb.<subdomain index>.<creation time in ms>.<click ID>`. A value that was
 * wrapped again (`fb.1.<ms>.fb.1.<ms>.<click ID>`, any number of times, percent-encoded, in quotes) is unwrapped: the
 * innermost click ID and subdomain index, with the earliest time that can be.
 *
 * @param now Unix milliseconds
 */
export function readClick(raw: string, now: number): ClickReading {
  if (raw.length > MAX_LENGTH) return { ok: false, reason: "too_long" };
  const bare = unquote(raw);
  const inner = unwrap(bare);
  if (inner.layers.length === 0) return { ok: false, reason: "malformed" };
  const clickId = readClickIdText(inner.rest);
  if (!clickId.ok) return clickId;
  const times = inner.layers.map(({ time }) => toTime(time, now)).filter((time) => time !== undefined);
  const createdAt =
    times.length === 0 ? undefined : Math.min(...times.map(({ milliseconds }) => milliseconds));
  const subdomainIndex = inner.layers.at(-1)?.index ?? SERVER_SUBDOMAIN_INDEX;
  const click = { subdomainIndex, clickId: clickId.value, ...(createdAt !== undefined && { createdAt }) };
  if (createdAt === undefined) return { ok: true, click: { ...click, flaw: "impossible_time" } };
  if (times.some(({ milliseconds, inSeconds }) => inSeconds && milliseconds === createdAt))
    return { ok: true, click: { ...click, flaw: "in_seconds" } };
  return { ok: true, click: formatFbc(click, createdAt) === raw ? click : { ...click, flaw: "wrapped" } };
}

/** A bare `fbclid`, as scripts keep it and as it stands in an address; one that is an `_fbc` value is unwrapped. */
export function readFbclid(raw: string, now: number): ClickReading {
  if (raw.length > MAX_LENGTH) return { ok: false, reason: "too_long" };
  const bare = unquote(raw);
  if (LAYER.test(bare)) return readClick(bare, now);
  const clickId = readClickIdText(unwrap(bare).rest);
  return clickId.ok
    ? { ok: true, click: { subdomainIndex: SERVER_SUBDOMAIN_INDEX, clickId: clickId.value } }
    : clickId;
}

/**
 * Every `fbclid` of an address in its order: from the query, the fragment, and addresses that are encoded inside
 * (`/discount/CODE?redirect=%2F%3Ffbclid%3D…`). Texts as they stand, not judged.
 *
 * @param address an absolute or relative address, as in `landing_site`
 */
export function listFbclids(address: string): readonly string[] {
  if (address.length > MAX_LENGTH * 4) return [];
  const found = (text: string) =>
    [...text.matchAll(/[?&#;]fbclid=([^&#]*)/g)].map(([, value]) => value ?? "");
  const all = [...found(address), ...found(decodeFully(address))];
  return [...new Set(all)].filter((value) => value !== "");
}

/** `fb.<subdomain index>.<ms>.<click ID>`. @param createdAt Unix milliseconds */
export function formatFbc(click: Pick<Click, "subdomainIndex" | "clickId">, createdAt: number): string {
  return `fb.${click.subdomainIndex}.${createdAt}.${click.clickId}`;
}

interface Layer {
  readonly index: number;
  readonly time: string;
}

function unwrap(text: string): { readonly layers: readonly Layer[]; readonly rest: string } {
  const layers: Layer[] = [];
  let rest = text;
  for (;;) {
    const layer = LAYER.exec(rest);
    if (layer) layers.push({ index: Number(layer[1]), time: layer[2] ?? "" });
    // An address, or a query's pair, in the place of its click ID.
    const pair = layer === null ? /(?:^|[?&#])fbclid=(.*)$/s.exec(rest)?.[1] : undefined;
    if (layer === null && pair === undefined) return { layers, rest };
    rest = pair ?? rest.slice(layer?.[0].length);
  }
}

/** A click ID ends where an address goes on; some links have a second "?" or a slash behind it. */
function readClickIdText(text: string): Normalised {
  const [clickId = ""] = text.split(/[?&#/]/, 1);
  // The short appendix of Meta's tools has two letters, which may be any.
  const isNothing = clickId
    .split(".")
    .some((part, at) => !(at > 0 && part.length === 2) && isPlaceholder(part));
  if (isNothing) return drop("placeholder");
  return CLICK_ID.test(clickId) ? keep(clickId) : drop("malformed");
}

function toTime(
  digits: string,
  now: number,
): { readonly milliseconds: number; readonly inSeconds: boolean } | undefined {
  const inSeconds = digits.length === 10;
  const milliseconds = Number(digits) * (inSeconds ? 1000 : 1);
  const isTime = /^(?:[0-9]{10}|[0-9]{13})$/.test(digits);
  return isTime && isPossible(milliseconds, now) ? { milliseconds, inSeconds } : undefined;
}

function isPossible(time: number, now: number): boolean {
  return time >= FIRST_CLICK_IDS && time <= now + DAY;
}

function unquote(raw: string): string {
  return decodeFully(raw).replace(/^[\s"']+|(?<![\s"'])[\s"']+$/g, "");
}

function lastPart(raw: string): string {
  return raw.slice(raw.lastIndexOf(".") + 1);
}
