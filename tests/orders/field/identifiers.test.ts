import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import { DEFAULT_SETTINGS } from "#app/conversions/settings/settings.ts";
import type { BrowserReport } from "#app/conversions/model.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { fieldFile, runFieldCase } from "./run-field-case.ts";

/** Of the orders of this folder: processed 2025-10-24T06:52:57Z, created a second later. */
const PROCESSED = 1_761_288_777_000;
const NOW = PROCESSED + 3_000;

interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The order of case 16 with other attributes and another landing page, as an event. */
function mapOrder(
  changes: Readonly<Record<string, unknown>>,
  report: Omit<BrowserReport, "checkoutToken" | "consent"> | null = null,
  shopDomain?: string,
) {
  const order: unknown = JSON.parse(readFileSync(fieldFile("16_elevar_attributes.json"), "utf8"));
  const parsed = parseOrder(JSON.stringify({ ...Object(order), note_attributes: [], ...changes }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const conversion = buildConversion(parsed.order, DEFAULT_SETTINGS, {
    now: NOW,
    ...(shopDomain !== undefined && { shopDomain }),
  });
  const outcome = buildServerEvent(conversion, report && { consent: { marketing: true }, ...report }, {
    now: NOW,
  });
  if (outcome.kind !== "event") throw new Error(outcome.reason);
  return outcome;
}

const userData = (...args: Parameters<typeof mapOrder>) => mapOrder(...args).event.user_data;
const GOOD = "fb.1.1761288000000.IwARgood_aem_x";

describe("09: junk under a right form is dropped, counted, and the next source asked", () => {
  test("the file", () => {
    const { event, explain } = runFieldCase("09_fbc_undefined_suffix.json", { explain: true });
    expect(event).toMatchObject({ user_data: { fbc: `fb.1.${PROCESSED}.IwARgood_aem_x` } });
    expect(explain).toMatchObject({
      dropped: [{ key: "fbc", from: "order.note_attributes._fbc", reason: "placeholder" }],
    });
  });

  test.each(["undefined", "null", "NaN", "[object Object]", "true", "none", "%s", "{{fbclid}}", ""])(
    "%j in every source of the order, and in the report",
    (content) => {
      const junk = `fb.1.1761288000000.${content}`;
      for (const name of ["_fbc", "fbc"]) {
        const order = { note_attributes: [{ name, value: junk }], landing_site: "/?fbclid=IwARgood_aem_x" };
        expect(userData(order, { fbc: junk, fbp: junk })).toMatchObject({
          fbc: `fb.1.${PROCESSED}.IwARgood_aem_x`,
        });
        expect(userData(order)).not.toHaveProperty("fbp");
      }
      expect(userData({ landing_site: `/?fbclid=${content}` })).not.toHaveProperty("fbc");
    },
  );

  test("a name that comes twice hides nothing", () => {
    const junk = { name: "_fbc", value: "fb.1.1761288000000.undefined" };
    const good = { name: "_fbc", value: GOOD };
    expect(userData({ note_attributes: [junk, good] }).fbc).toBe(GOOD);
    expect(userData({ note_attributes: [good, junk] }).fbc).toBe(GOOD);
  });
});

describe("10: nested click IDs are unwrapped", () => {
  test("the file", () => {
    expect(runFieldCase("10_fbc_nested.json")).toMatchObject({
      user_data: { fbc: "fb.1.1761288000000.IwARx" },
    });
  });

  test.each([
    ["/?fbclid=fb.1.1761288000000.IwARx0", "fb.1.1761288000000.IwARx0"],
    ["/?fbclid=fb%2E1%2E1761288000000%2EIwARx0", "fb.1.1761288000000.IwARx0"],
    ["/?fbclid=undefined&fbclid=IwARx0", `fb.1.${PROCESSED}.IwARx0`],
    ["/#/tea?fbclid=IwARx0", `fb.1.${PROCESSED}.IwARx0`],
    ["/discount/TEN?redirect=%2Ftea%3Ffbclid%3DIwARx0", `fb.1.${PROCESSED}.IwARx0`],
  ])("%s", (landing, expected) => {
    expect(userData({ landing_site: landing }).fbc).toBe(expected);
  });
});

describe("16: names that other tools use are read after our own", () => {
  test("the file", () => {
    expect(runFieldCase("16_elevar_attributes.json")).toMatchObject({
      user_data: { fbc: GOOD, fbp: "fb.1.1761288000000.600000001" },
    });
  });

  const theirs: Attribute = { name: "_elevar__fbc", value: GOOD };
  test.each<[string, Attribute[], string]>([
    [
      "ours first",
      [theirs, { name: "_fbc", value: "fb.1.1761287000000.IwARours" }],
      "fb.1.1761287000000.IwARours",
    ],
    ["theirs where ours is junk", [theirs, { name: "_fbc", value: "fb.1.1761287000000.null" }], GOOD],
    ["a bare click ID", [{ name: "fbclid", value: "IwARx0" }], `fb.1.${PROCESSED}.IwARx0`],
    [
      "Elevar's collection",
      [{ name: "_elevar_visitor_info", value: '{"gclid":"x","fbclid":"IwARx0","utm_source":"fb"}' }],
      `fb.1.${PROCESSED}.IwARx0`,
    ],
    [
      "Elevar's collection as headless shops print it",
      [{ name: "_elevar_visitor_info", value: "{'fbclid':'IwARx0','utm_source':'undefined'}" }],
      `fb.1.${PROCESSED}.IwARx0`,
    ],
  ])("%s", (_name, attributes, expected) => {
    expect(userData({ note_attributes: attributes }).fbc).toBe(expected);
    expect(userData({ note_attributes: attributes.toReversed() }).fbc).toBe(expected);
  });
});

describe("17: a page of Shopify's is not the shop's", () => {
  test("the file has no evidence of the shop's domain", () => {
    expect(runFieldCase("17_status_url_not_the_shops.json")).not.toHaveProperty("event_source_url");
  });

  test.each([
    "https://checkout.shopify.com/690933842/orders/a/authenticate?key=K",
    "https://CHECKOUT.Shopify.com:443/1",
    "https://shop.app/checkout/1",
    "https://pay.shop.app./1",
    "https://shopify.com/690933842/account/orders/a",
    "https://myshopify.com/a",
  ])("%s", (url) => {
    const order = { order_status_url: url };
    expect(mapOrder(order).event).not.toHaveProperty("event_source_url");
    expect(mapOrder(order, null, "hats.myshopify.com").event.event_source_url).toBe(
      "https://hats.myshopify.com/",
    );
    expect(mapOrder({}, { pageUrl: url }).event.event_source_url).toBe("https://shop.example.com/");
  });

  test.each([
    ["https://hats.myshopify.com/1/orders/a", "https://hats.myshopify.com/"],
    ["https://Shop.Example.com./1/orders/a", "https://shop.example.com/"],
    ["https://notshopify.com/1", "https://notshopify.com/"],
    ["https://shopify.com.example/1", "https://shopify.com.example/"],
  ])("%s is the shop's", (url, expected) => {
    expect(mapOrder({ order_status_url: url }).event.event_source_url).toBe(expected);
  });
});

describe("18: a click is never later than its event", () => {
  test("the file: the buyer's clock is 13 minutes behind", () => {
    expect(runFieldCase("18_fbc_after_event.json", { report: "18_report.json" })).toMatchObject({
      event_time: 1_761_288_000,
      user_data: { fbc: "fb.1.1761288000000.IwARgood_aem_x" },
    });
  });

  test("a reported click after the purchase is another click: the order's is sent", () => {
    const attributes = { note_attributes: [{ name: "_fbc", value: GOOD }] };
    const later = `fb.1.${PROCESSED + 3_600_000}.IwARlater`;
    expect(userData(attributes, { fbc: later }).fbc).toBe(GOOD);
    expect(userData({}, { fbc: later })).not.toHaveProperty("fbc");
  });

  test("a browser ID made after the event is still the browser's, byte for byte", () => {
    const fbp = `fb.1.${PROCESSED + 600_000}.1098115397`;
    expect(userData({}, { fbp }).fbp).toBe(fbp);
  });
});

const identifiers = fc.constantFrom(
  "fb.1.1761288000000.null",
  "undefined",
  "fb.1.0000000000000.IwAR0",
  "{}",
  GOOD,
  "",
);

test("a junk report never hides what the order knows, and attributes may come in any order", () => {
  const names = fc.constantFrom("_fbc", "fbc", "_elevar__fbc", "fbclid", "_fbp", "fbp", "note");
  const attributes = fc.array(fc.record({ name: names, value: identifiers }), { maxLength: 6 });
  fc.assert(
    fc.property(attributes, identifiers, (list, reported) => {
      const order = { note_attributes: [...list, { name: "_fbc", value: GOOD }] };
      const sent = userData(order, { fbc: reported, fbp: reported });
      expect(sent.fbc).toBe(GOOD);
      expect(userData({ note_attributes: order.note_attributes.toReversed() }, { fbc: reported }).fbc).toBe(
        GOOD,
      );
    }),
    { numRuns: 50 },
  );
});
