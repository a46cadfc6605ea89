import { cookieOf, setCookie, type Call } from "../http/http-server.ts";

/** What one visitor's browser and purchase are made to do. Kept in a cookie of the storefront. */
export interface Switches {
  /** Meta's addresses are blocked in the page and in the web pixel's worker. */
  readonly adblock: boolean;
  /** Consent regime: EU asks first, US allows until the visitor opts out of the sale of data. */
  readonly region: "eu" | "us";
  /** `first`: taken by the app before the thank-you page opens; `slow`: after `webhookDelayMs`; `lost`: never. */
  readonly webhook: "normal" | "first" | "slow" | "lost";
  readonly webhookDelayMs: number;
  /** `bank`: the order waits for its money. */
  readonly payment: "card" | "bank";
  /** A post-purchase offer stands before the thank-you page. */
  readonly upsell: boolean;
  /** How this store writes `checkout.order.id` for pixels. */
  readonly orderId: "gid" | "bare" | "null";
  /** checkout_completed again on every reload, which Shopify does not promise to avoid. */
  readonly repeatEvent: boolean;
  /** The order is older than the page by so many days. */
  readonly ageDays: number;
  readonly testOrder: boolean;
  /** ISO 4217 that the buyer pays in; empty is the store's own. */
  readonly presentment: string;
}

const DEFAULTS: Switches = {
  adblock: false,
  region: "us",
  webhook: "normal",
  webhookDelayMs: 4000,
  payment: "card",
  upsell: false,
  orderId: "bare",
  repeatEvent: false,
  ageDays: 0,
  testOrder: false,
  presentment: "",
};

const COOKIE = "sandbox_switches";
const oneOf = <T extends string>(value: string | null, allowed: readonly T[], fallback: T): T =>
  allowed.find((each) => each === value) ?? fallback;
const isOn = (value: string | null): boolean => value === "on" || value === "1" || value === "true";

export function parseSwitches(text: string): Switches {
  const given = new URLSearchParams(text);
  const delay = Number(given.get("webhookDelayMs") ?? DEFAULTS.webhookDelayMs);
  return {
    adblock: isOn(given.get("adblock")),
    region: oneOf(given.get("region"), ["eu", "us"], DEFAULTS.region),
    webhook: oneOf(given.get("webhook"), ["normal", "first", "slow", "lost"], DEFAULTS.webhook),
    webhookDelayMs: Number.isFinite(delay) ? delay : DEFAULTS.webhookDelayMs,
    payment: oneOf(given.get("payment"), ["card", "bank"], DEFAULTS.payment),
    upsell: isOn(given.get("upsell")),
    orderId: oneOf(given.get("orderId"), ["gid", "bare", "null"], DEFAULTS.orderId),
    repeatEvent: isOn(given.get("repeatEvent")),
    ageDays: Number(given.get("ageDays") ?? 0) || 0,
    testOrder: isOn(given.get("testOrder")),
    presentment: /^[A-Z]{3}$/.test(given.get("presentment") ?? "") ? (given.get("presentment") ?? "") : "",
  };
}

export const switchesOf = (call: Call): Switches => parseSwitches(cookieOf(call, COOKIE) ?? "");

/** Only what the switches know is kept, so that the cookie cannot grow. */
export function switchesCookie(text: string): string {
  const entries = Object.entries(parseSwitches(text)).map(([name, value]) => [name, String(value)]);
  return setCookie(COOKIE, new URLSearchParams(entries).toString());
}
