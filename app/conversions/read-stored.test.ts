import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { buildConversion } from "./build-conversion.ts";
import type { Provenance } from "./model.ts";
import { DEFAULT_SETTINGS } from "./settings/settings.ts";
import { parseOrder } from "./order/parse-order.ts";
import {
  readStoredConsent,
  readStoredConversion,
  readStoredReport,
  writeStoredConversion,
} from "./read-stored.ts";
import { refusedConversion } from "./refused-conversion.ts";

const FOLDER = "tests/orders";
const orders = readdirSync(FOLDER)
  .filter((file) => /^\d.*\.json$/.test(file))
  .flatMap((file) => {
    const parsed = parseOrder(readFileSync(`${FOLDER}/${file}`, "utf8"));
    return parsed.ok ? [{ file, order: parsed.order }] : [];
  });
const stored = (document: object): Record<string, unknown> => JSON.parse(JSON.stringify(document));

const byKey = (places: readonly Provenance[]): readonly Provenance[] =>
  [...places].sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));

describe("a stored conversion", () => {
  it.each(orders)("of $file is read as it was written", ({ order }) => {
    const now = Date.parse("2025-11-01T00:00:00Z");
    const built = buildConversion(order, DEFAULT_SETTINGS, { now });
    for (const conversion of [built, refusedConversion(order.id, now)]) {
      const { client: _client, checkoutToken: _token, provenance = [], ...rest } = conversion;
      const read = readStoredConversion(stored(writeStoredConversion(conversion)));
      const { provenance: places = [], ...others } = read ?? expect.fail();
      expect(others).toEqual(rest);
      // Each key's places in their order; of several keys the short ones come first.
      expect(byKey(places)).toEqual(byKey(provenance));
    }
  });

  it("of a version that wrote places in words is read as it is", () => {
    const now = Date.parse("2025-11-01T00:00:00Z");
    const { client: _client, ...document } = refusedConversion("1", now);
    const older = stored({ ...document, provenance: [{ key: "em", from: "order.email" }] });
    expect(readStoredConversion(older)).toEqual(older);
  });

  it("that lacks what every reader counts on is none", () => {
    const [first] = orders;
    const whole = stored(
      buildConversion(first?.order ?? expect.fail(), DEFAULT_SETTINGS, {
        now: Date.parse("2025-11-01T00:00:00Z"),
      }),
    );
    for (const key of [
      "orderId",
      "eventId",
      "eventTime",
      "paidAt",
      "source",
      "actionSource",
      "purchase",
      "consent",
      "customer",
    ])
      for (const value of [undefined, null, [], true])
        expect(readStoredConversion({ ...whole, [key]: value })).toBeUndefined();
    for (const odd of [
      { customer: { em: "x" } },
      { purchase: { value: 1, currency: "EUR", contents: {} } },
      { consent: {} },
    ])
      expect(readStoredConversion({ ...whole, ...odd })).toBeUndefined();
    for (const document of [undefined, null, "x", 7, [], {}])
      expect(readStoredConversion(document)).toBeUndefined();
  });
});

describe("a stored report", () => {
  const whole = {
    orderId: "6100000000001",
    fbp: "fb.1.1761288000000.1116446470",
    fbc: "fb.1.1761288000000.IwARgood",
    consent: { marketing: true, analytics: false },
    pageUrl: "https://shop.example.com/checkouts/x",
    clientTime: 1_761_288_777_000,
    isFirstOrder: false,
    receivedAt: 1_761_288_778_000,
  };
  const read = (document: unknown) => readStoredReport({ document, clientIp: null, clientUserAgent: null });

  it("is read as it was written, with the columns beside it", () => {
    expect(
      readStoredReport({ document: whole, clientIp: "203.0.113.7", clientUserAgent: "Mozilla/5.0" }),
    ).toEqual({ ...whole, ip: "203.0.113.7", userAgent: "Mozilla/5.0" });
    expect(read(whole)).toStrictEqual(whole);
  });

  it.each([
    [
      "a field of another kind",
      { fbp: 7, clientTime: "now", isFirstOrder: "yes", orderId: null },
      { consent: {} },
    ],
    ["another consent", { consent: { marketing: 1, saleOfData: false } }, { consent: { saleOfData: false } }],
    ["a field that no version writes", { ip: "203.0.113.7", more: 1 }, { consent: {} }],
    ["nothing in it", {}, { consent: {} }],
  ])("reads %s as absent", (_title, document, expected) => {
    expect(read(document)).toStrictEqual(expected);
  });

  it.each([null, undefined, "x", 7, []])("that is %j is none", (document) => {
    expect(read(document)).toBeNull();
  });
});

describe("the consent of a stored report", () => {
  it.each([
    [undefined, null],
    [null, null],
    ["x", null],
    [{}, {}],
    [{ consent: "yes" }, {}],
    [{ consent: { marketing: "yes", analytics: false, saleOfData: null } }, { analytics: false }],
    [{ consent: { marketing: true, preferences: false } }, { marketing: true, preferences: false }],
  ])("of %j is %j", (document, consent) => {
    expect(readStoredConsent(document)).toEqual(consent);
  });
});
