import { describe, expect, test } from "vitest";
import { buildConversion } from "../conversions/build-conversion.ts";
import { buildServerEvent, isThinIdentity } from "./build-server-event.ts";
import { hashValue } from "../conversions/customer/hash-value.ts";
import { DEFAULT_SETTINGS } from "../conversions/settings/settings.ts";
import type { BrowserReport } from "../conversions/model.ts";
import { parseOrderValue } from "../conversions/order/parse-order.ts";

const NOW = Date.parse("2025-10-24T12:00:00Z");
const ORDER_TIME = NOW / 1000 - 60;

function map(
  order: Record<string, unknown>,
  report: Partial<BrowserReport> | null = null,
  eventTime?: number,
) {
  const parsed = parseOrderValue({
    ...{
      id: 5,
      order_number: 1001,
      source_name: "web",
      processed_at: "2025-10-24T11:59:00Z",
      email: "a@example.com",
    },
    ...{ currency: "USD", current_total_price: "10.00", browser_ip: "203.0.113.5" },
    ...order,
  });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const conversion = buildConversion(parsed.order, DEFAULT_SETTINGS, {
    now: NOW,
    shopDomain: "x.myshopify.com",
  });
  const full = report && { checkoutToken: "t", consent: {}, ...report };
  const outcome = buildServerEvent(conversion, full, {
    now: NOW,
    ...(eventTime !== undefined && { eventTime }),
  });
  return outcome.kind === "event" ? outcome.event : outcome.reason;
}

describe("what the browser says of itself goes before what the order says of it", () => {
  test.each([
    ["its address", { ip: "198.51.100.7" }, { client_ip_address: "198.51.100.7" }],
    ["a private address is none", { ip: "10.0.0.1" }, { client_ip_address: "203.0.113.5" }],
    ["IPv6 is preferred", { ip: "2001:db8::7" }, { client_ip_address: "2001:db8::7" }],
    ["its user agent", { userAgent: "Firefox" }, { client_user_agent: "Firefox" }],
    [
      "its click IDs",
      { fbp: "fb.1.1758805031025.9", fbc: "fb.1.1758805031025.IwARz" },
      { fbp: "fb.1.1758805031025.9", fbc: "fb.1.1758805031025.IwARz" },
    ],
    ["unless malformed", { fbp: "nonsense" }, { fbp: "fb.1.1758805031025.1" }],
  ])("%s", (_title, report, expected) => {
    const order = { note_attributes: [{ name: "_fbp", value: "fb.1.1758805031025.1" }] };
    expect(map(order, report)).toMatchObject({ user_data: expected });
  });

  test("the order's IPv6 address beats the report's IPv4 one: both are the buyer's", () => {
    const event = map({ browser_ip: "2001:db8::5" }, { ip: "198.51.100.7" });
    expect(event).toMatchObject({ user_data: { client_ip_address: "2001:db8::5" } });
  });

  test("a report on a till's or a renewal's order is nobody's", () => {
    const event = map({ source_name: "pos" }, { ip: "198.51.100.7", userAgent: "Firefox" });
    expect(Object.keys(typeof event === "string" ? {} : event.user_data)).toStrictEqual(["em"]);
  });

  test("a draft's report is the buyer's, its own address the staff's", () => {
    const event = map({ source_name: "shopify_draft_order" }, { ip: "198.51.100.7" });
    expect(event).toMatchObject({ action_source: "other", user_data: { client_ip_address: "198.51.100.7" } });
    const alone = map({ source_name: "shopify_draft_order" });
    expect(JSON.stringify(alone)).not.toContain("203.0.113.5");
  });

  test("its refusal stops an order that said nothing", () => {
    expect(map({}, { consent: { marketing: false } })).toBe("no_consent");
  });
});

describe("time", () => {
  test("the pairing's time stands, while Meta still takes it", () => {
    expect(map({}, null, ORDER_TIME - 30)).toMatchObject({ event_time: ORDER_TIME - 30 });
    expect(map({}, { clientTime: NOW - 61_000 }, ORDER_TIME - 30)).toMatchObject({
      event_time: ORDER_TIME - 30,
    });
    expect(map({}, null, ORDER_TIME - 8 * 86_400)).toBe("too_old");
  });
  test("created_at where processed_at is missing, and no time at all is no event", () => {
    expect(map({ processed_at: null, created_at: "2025-10-24T11:00:00Z" })).toMatchObject({
      event_time: NOW / 1000 - 3600,
    });
    expect(map({ processed_at: null })).toBe("no_time");
  });
});

describe("event_source_url", () => {
  test("website events always have one", () => {
    expect(map({})).toMatchObject({ event_source_url: "https://x.myshopify.com/" });
    expect(map({ order_status_url: "https://shop.example.com/1/orders/2/authenticate?key=k" })).toMatchObject(
      {
        event_source_url: "https://shop.example.com/",
      },
    );
    expect(
      map({}, { pageUrl: "https://shop.example.com/checkouts/cn/abcdefgh12345678?key=k" }),
    ).toMatchObject({
      event_source_url: "https://shop.example.com/checkouts",
    });
  });
  test("others have none", () => {
    expect(map({ source_name: "pos" })).not.toHaveProperty("event_source_url");
  });
});

describe("event_id", () => {
  test.each([
    [{ order_number: 923177, name: "#MZBs923177" }, "923177"],
    [{ order_number: "1003", name: "->1003" }, "1003"],
    [{ order_number: null, name: "#1001" }, "5"],
    [{ order_number: "#1001" }, "5"],
  ])("%j → %s", (order, eventId) => {
    expect(map(order)).toMatchObject({ event_id: eventId });
  });
});

test("a click that left no cookie is dated by the order's creation, in milliseconds", () => {
  const order = { landing_site: "/?fbclid=AbCdE", created_at: "2025-10-24T11:59:30Z" };
  expect(map(order)).toMatchObject({ user_data: { fbc: `fb.1.${ORDER_TIME * 1000}.AbCdE` } });
  const cookie = { note_attributes: [{ name: "fbc", value: "fb.1.1758805031025.AbCdE" }] };
  expect(map({ ...order, ...cookie })).toMatchObject({ user_data: { fbc: "fb.1.1758805031025.AbCdE" } });
});

test("a field that holds a hash already is passed through, never hashed again", () => {
  const mary = "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"; // Meta's vector
  const hashed = mary.toUpperCase();
  const address = { first_name: hashed, last_name: hashed, city: hashed, zip: hashed, phone: hashed };
  const event = map({
    email: hashed,
    phone: `${mary}.AQQCAQMC`,
    billing_address: { ...address, country_code: "US" },
  });
  const keys = { em: [mary], ph: [mary], fn: [mary], ln: [mary], ct: [mary], zp: [mary] };
  expect(event).toMatchObject({ user_data: keys });
});

const userData = (keys: string) =>
  Object.fromEntries(keys.split(" ").flatMap((key) => (key === "" ? [] : [[key, [hashValue(key)]]])));

describe("too thin for Meta (100/2804050)", () => {
  test.each([
    "",
    "ct",
    "country st zp",
    "ct country st zp client_user_agent",
    "client_user_agent",
    "fn",
    "ln",
  ])("%j", (keys) => {
    expect(isThinIdentity(userData(keys))).toBe(true);
  });
});

describe("enough", () => {
  test.each([
    "em",
    "ph",
    "external_id",
    "fbp",
    "fbc",
    "client_ip_address",
    "fn ln",
    "fn country",
    "em ct country st zp",
  ])("%j", (keys) => {
    expect(isThinIdentity(userData(keys))).toBe(false);
  });
});
