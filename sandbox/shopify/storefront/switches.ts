import type { Request, Response } from "express";
import { z } from "zod";

const choice = <const T extends readonly [string, ...string[]]>(...options: T) =>
  z.enum(options).catch(options[0]);

/** What one visitor's browser and purchase are made to do. What a visitor sets amiss falls back to the first choice. */
const SWITCHES = z.object({
  /** Meta's addresses are blocked in the page and in the web pixel's worker. */
  adblock: choice("off", "on"),
  /** Consent regime: EU asks first, US allows until the visitor opts out of the sale of data. */
  region: choice("us", "eu"),
  /** `first`: taken by the app before the thank-you page opens; `slow`: after `webhookDelayMs`; `lost`: never. */
  webhook: choice("normal", "first", "slow", "lost"),
  webhookDelayMs: z.coerce.number().catch(4000),
  /** `bank`: the order waits for its money. */
  payment: choice("card", "bank"),
  /** A post-purchase offer stands before the thank-you page. */
  upsell: choice("off", "on"),
  /** How this store writes `checkout.order.id` for pixels. */
  orderId: choice("bare", "gid", "null"),
  /** checkout_completed again on every reload, which Shopify does not promise to avoid. */
  repeatEvent: choice("off", "on"),
  testOrder: choice("off", "on"),
  /** Shopify's Facebook & Instagram channel: on our dataset, or on another of the merchant's. */
  channel: choice("off", "same", "other"),
  /** Whether the channel's server side sends too. */
  serverSide: choice("off", "on"),
  /** A custom pixel of the merchant's. */
  customPixel: choice("off", "on"),
  /** The order is older than the page by so many days. */
  ageDays: z.coerce.number().catch(0),
  /** In a frame of the same shop: the visitor presses the main button of every page by themselves, up to the thank-you page. */
  autoplay: choice("off", "on"),
  /** ISO 4217 that the buyer pays in; empty is the store's own. */
  presentment: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .catch(""),
});
export type Switches = z.infer<typeof SWITCHES>;

const COOKIE = "sandbox_switches";
const parse = (text: string): Switches => SWITCHES.parse(Object.fromEntries(new URLSearchParams(text)));

export const switchesOf = (request: Request): Switches => parse(readCookie(request, COOKIE) ?? "");

/** Keeps them in a cookie of the storefront; only what the switches know, so that the cookie cannot grow. */
export function keepSwitches(response: Response, text: string): void {
  const entries = Object.entries(parse(text)).map(([name, value]) => [name, String(value)]);
  rememberFor(response, 365, COOKIE, new URLSearchParams(entries).toString());
}

/** Each switch as the panel at the foot of a page draws it; one without options is typed in. */
export const describeSwitches = (switches: Switches) =>
  Object.entries(SWITCHES.shape).map(([name, schema]) => {
    const inner = schema.unwrap();
    const value = switches[name as keyof Switches];
    return { name, value, options: inner instanceof z.ZodEnum ? inner.options : null };
  });

/**
 * An ad blocker is a Content-Security-Policy that knows every address but Meta's: scripts do not load, images and
 * requests fail, in the page as in its workers (which inherit it). Undefined: nothing is blocked.
 */
export function adBlockerPolicy(switches: Switches, appUrl: string): string | undefined {
  if (switches.adblock === "off") return undefined;
  const app = new URL(appUrl).origin;
  return `script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; connect-src 'self' ${app}; img-src 'self' data: ${app}; worker-src blob:`;
}

/** Value of a cookie of the request, decoded. */
export function readCookie(request: Request, name: string): string | undefined {
  const pair = (request.headers.cookie ?? "").split("; ").find((each) => each.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1));
}

export function rememberFor(response: Response, days: number, name: string, value: string): void {
  response.cookie(name, value, { maxAge: days * 86_400_000, sameSite: "lax" });
}
