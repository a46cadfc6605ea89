import { describe, expect, test } from "vitest";
import { makeFbc, readClickId, readFbclid } from "./click-ids.ts";

describe("an fbp or fbc with a right envelope passes byte for byte", () => {
  test.each([
    "fb.1.1758805031025.600000001",
    "fb.1.1554763741205.AbCdEfGhIjKlMnOpQrStUvWxYz1234567890",
    "fb.0.1554763741205.IwAR0_-x",
    "fb.2.1554763741205.IwY2xjawExample_aem_Xy-Z_0",
    "fb.1.1554763741205.1098115397.AQQCAQMC",
    "fb.1.1554763741205.PAZXh0bg.AQ",
    "fb.1.1554763741205.a.b.c.d",
  ])("%s", (raw) => {
    expect(readClickId(raw)).toStrictEqual({ ok: true, value: raw });
  });
});

describe("a malformed one is dropped", () => {
  test.each([
    "",
    "fb",
    "fb.1",
    "fb.1.1554763741205",
    "fb.1.1554763741205.",
    "fb.1.1554763741.IwAR0x", // seconds: the mistake of Meta's own plug-in
    "fb.x.1554763741205.IwAR0x",
    "FB.1.1554763741205.IwAR0x",
    "fb.1.1554763741205.Iw AR",
    "fb.1.1554763741205.Iw\u0000AR",
    "fb.1.1554763741205.\u00e9",
    " fb.1.1554763741205.IwAR0x",
    "IwAR0x",
    `fb.1.1554763741205.${"x".repeat(1001)}`,
  ])("%j", (raw) => {
    expect(readClickId(raw)).toStrictEqual({ ok: false, reason: "malformed" });
  });
});

describe("a click ID in a landing page is taken as it stands", () => {
  test.each([
    ["/?fbclid=IwAR0_-xY", "IwAR0_-xY"],
    ["/products/tea?utm_source=ig&fbclid=PAZXh0bg_aem_Q#top", "PAZXh0bg_aem_Q"],
    ["https://shop.example.com/?fbclid=AbC", "AbC"],
    ["/?fbclid=one&fbclid=two", "one"],
    ["/?fbclid=", undefined],
    ["/?xfbclid=abc", undefined],
    ["/?fbclid=a%20b", undefined],
    ["/fbclid=abc", undefined],
    ["/", undefined],
  ])("%s → %s", (landing, expected) => {
    expect(readFbclid(landing)).toBe(expected);
  });

  test("and becomes an fbc of index 1 with milliseconds", () => {
    expect(makeFbc("AbC", 1_761_288_777_000)).toBe("fb.1.1761288777000.AbC");
  });
});
