import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listFbclids, readBrowserId, readClick, readFbclid } from "./click-ids.ts";

/** 2025-10-24T06:52:57Z, the clock of every test here. */
const NOW = 1_761_288_777_000;

describe("a browser ID with a random part of digits passes byte for byte", () => {
  test.each([
    "fb.1.1758805031025.600000001",
    "fb.2.1596403881668.1116446470",
    "fb.0.1758805031025.7",
    "fb.1.1758805031025.123456789012345678",
    "fb.1.1554763741205.1098115397.AQQCAQMC",
    "fb.1.1554763741205.1098115397.AQ",
  ])("%s", (raw) => {
    expect(readBrowserId(raw, NOW)).toStrictEqual({ ok: true, value: raw });
  });
});

describe("what is no browser ID is dropped with its reason", () => {
  test.each([
    ["fb.1.1758805031025.undefined", "placeholder"],
    ["fb.1.1758805031025.null", "placeholder"],
    ["fb.1.1758805031025.NaN", "placeholder"],
    ["fb.1.1758805031025.[object Object]", "placeholder"],
    ["fb.1.1758805031025.", "placeholder"],
    ["fb.1.1758805031025.0", "placeholder"],
    ["fb.1.1758805031025.{{fbp}}", "placeholder"],
    ["undefined", "placeholder"],
    ["fb.1.1758805031025.IwAR0abc", "malformed"],
    ["fb.1.1758805031025.-51", "malformed"],
    ["fb.1.1758805031025.5e20", "malformed"],
    ["fb.1.1758805031025.600000001.AQQCAQM", "malformed"],
    ["fb.1.1758805031.600000001", "malformed"],
    ["fb.1.undefined.600000001", "malformed"],
    ["FB.1.1758805031025.600000001", "malformed"],
    ["fb.1.0000000000000.600000001", "impossible_time"],
    ["fb.1.1500000000000.600000001", "impossible_time"],
    ["fb.1.1861288777000.600000001", "impossible_time"],
    ["fb.1.9999999999999.600000001", "impossible_time"],
    [`fb.1.1758805031025.${"9".repeat(5000)}`, "too_long"],
  ])("%s: %s", (raw, reason) => {
    expect(readBrowserId(raw, NOW)).toStrictEqual({ ok: false, reason });
  });
});

describe("a click with a right form and content is the text itself", () => {
  test.each([
    ["fb.1.1554763741205.AbCdEfGhIjKlMnOpQrStUvWxYz1234567890", "AbCdEfGhIjKlMnOpQrStUvWxYz1234567890"],
    ["fb.0.1554763741205.IwAR0_-x", "IwAR0_-x"],
    ["fb.2.1554763741205.IwY2xjawExample_aem_Xy-Z_0", "IwY2xjawExample_aem_Xy-Z_0"],
    ["fb.1.1554763741205.PAZXh0bg.AQ", "PAZXh0bg.AQ"],
    ["fb.1.1554763741205.PAZXh0bg.no", "PAZXh0bg.no"],
    ["fb.1.1554763741205.PAZXh0bg.AQQCAQMC", "PAZXh0bg.AQQCAQMC"],
  ])("%s", (raw, clickId) => {
    const [, subdomainIndex] = raw.split(".");
    expect(readClick(raw, NOW)).toStrictEqual({
      ok: true,
      click: { subdomainIndex: Number(subdomainIndex), createdAt: 1_554_763_741_205, clickId },
    });
  });
});

describe("what is no click is dropped with its reason", () => {
  test.each([
    ...["undefined", "null", "NULL", "NaN", "[object Object]", "true", "false", "none", "%s", "{{fbclid}}"],
    ...[
      "${fbclid}",
      "<fbclid>",
      "(not set)",
      "0",
      "-",
      "___",
      "",
      "fbclid",
      "N/A",
      "00000000",
      "[object+Object]",
    ],
    ...["%5Bobject%20Object%5D", "%2525s", "fb.1.1554763741205.undefined", "IwAR0abc.undefined"],
  ])("the content %j is a placeholder", (content) => {
    expect(readClick(`fb.1.1554763741205.${content}`, NOW)).toStrictEqual({
      ok: false,
      reason: "placeholder",
    });
  });

  test.each([
    ["", "malformed"],
    ["fb", "malformed"],
    ["fb.1.1554763741205", "malformed"],
    ["fb.x.1554763741205.IwAR0x", "malformed"],
    ["FB.1.1554763741205.IwAR0x", "malformed"],
    ["fb.1.1554763741205.Iw AR0x", "malformed"],
    ["fb.1.1554763741205.Iw\u0000AR0x", "malformed"],
    ["fb.1.1554763741205.IwAR\u00e9\u00e9", "malformed"],
    ["fb.1.1554763741205.IwAR;domain=x", "malformed"],
    ["fb.1.1554763741205.Iw4R", "malformed"], // four letters: no click ID is that short
    ["IwAR0xIwAR0x", "malformed"],
    [`fb.1.1554763741205.${"xy".repeat(501)}`, "malformed"],
    [`fb.1.1554763741205.${"xy".repeat(4001)}`, "too_long"],
  ])("%j: %s", (raw, reason) => {
    expect(readClick(raw, NOW)).toStrictEqual({ ok: false, reason });
  });
});

describe("a click wrapped in something else is unwrapped: innermost ID and index, earliest time that can be", () => {
  test.each([
    ["fb.1.1761288000000.fb.1.1761277000000.IwARx0", 1, 1_761_277_000_000, "IwARx0"],
    ["fb.1.1761277000000.fb.2.1761288000000.IwARx0", 2, 1_761_277_000_000, "IwARx0"],
    ["fb.1.1761288000000.fb.1.1761287000000.fb.1.1761286000000.IwARx0", 1, 1_761_286_000_000, "IwARx0"],
    ["fb.1.1761288000000.fb.1.0000000000000.IwARx0", 1, 1_761_288_000_000, "IwARx0"],
    ["fb.1.undefined.fb.1.1761288000000.IwARx0", 1, 1_761_288_000_000, "IwARx0"],
    ["fb.1.1761288000000.fb%2E1%2E1761287000000%2EIwARx0", 1, 1_761_287_000_000, "IwARx0"],
    ["fb.1.1761288000000.IwARx0%5Faem%5FQ", 1, 1_761_288_000_000, "IwARx0_aem_Q"],
    [
      "fb.1.1761288000000.https%3A%2F%2Fa.example%2F%3Ffbclid%3DIwARx0%26b%3D1",
      1,
      1_761_288_000_000,
      "IwARx0",
    ],
    ["fb.1.1761288000000.fbclid=IwARx0", 1, 1_761_288_000_000, "IwARx0"],
    ["fb.1.1761288000000.IwARx0#top", 1, 1_761_288_000_000, "IwARx0"],
    [' "fb.1.1761288000000.IwARx0" ', 1, 1_761_288_000_000, "IwARx0"],
  ])("%s", (raw, subdomainIndex, createdAt, clickId) => {
    expect(readClick(raw, NOW)).toStrictEqual({
      ok: true,
      click: { subdomainIndex, createdAt, clickId, flaw: "wrapped" },
    });
  });

  test("as deep as anybody nests it", () => {
    const raw = `${"fb.1.1761288000000.".repeat(150)}IwARx0`;
    expect(readClick(raw, NOW)).toMatchObject({ ok: true, click: { clickId: "IwARx0" } });
  });
});

describe("a time that cannot be is not sent, its click ID is not lost", () => {
  test.each([
    ["fb.1.0000000000000.IwARx0", "impossible_time", undefined],
    ["fb.1.1500000000000.IwARx0", "impossible_time", undefined],
    ["fb.1.9999999999999.IwARx0", "impossible_time", undefined],
    ["fb.1.176128800000000.IwARx0", "impossible_time", undefined],
    ["fb.1.NaN.IwARx0", "impossible_time", undefined],
    ["fb.1..IwARx0", "impossible_time", undefined],
    ["fb.1.1761288000.IwARx0", "in_seconds", 1_761_288_000_000], // the mistake of Meta's own plug-in
    ["fb.1.1000000000.IwARx0", "impossible_time", undefined],
  ])("%s: %s", (raw, flaw, createdAt) => {
    const reading = readClick(raw, NOW);
    expect(reading).toMatchObject({ ok: true, click: { clickId: "IwARx0", flaw } });
    expect(reading.ok && reading.click.createdAt).toBe(createdAt);
  });
});

describe("every click ID of an address is found", () => {
  test.each([
    ["/?fbclid=IwAR0_-xY", ["IwAR0_-xY"]],
    ["/products/tea?utm_source=ig&fbclid=PAZXh0bg_aem_Q#top", ["PAZXh0bg_aem_Q"]],
    ["https://shop.example.com/?fbclid=AbCdE", ["AbCdE"]],
    ["/?fbclid=one&fbclid=two&fbclid=one", ["one", "two"]],
    ["/?fbclid=&fbclid=two", ["two"]],
    ["/#fbclid=IwAR0x", ["IwAR0x"]],
    ["/#/tea?fbclid=IwAR0x", ["IwAR0x"]],
    ["/?a=1&amp;fbclid=IwAR0x", ["IwAR0x"]],
    ["/discount/TEN?redirect=%2Ftea%3Ffbclid%3DIwAR0x%26a%3D1", ["IwAR0x"]],
    ["/?xfbclid=abc", []],
    ["/fbclid=abc", []],
    ["/", []],
    ["", []],
  ])("%s → %j", (landing, expected) => {
    expect(listFbclids(landing)).toStrictEqual(expected);
  });
});

describe("a click ID of an address keeps its case; one that is an fbc itself is unwrapped", () => {
  test.each([
    ["PAZXh0bg_aem_Q", { subdomainIndex: 1, clickId: "PAZXh0bg_aem_Q" }],
    ["IwARx0?utm_source=x", { subdomainIndex: 1, clickId: "IwARx0" }],
    ["IwARx0/", { subdomainIndex: 1, clickId: "IwARx0" }],
    ["fb.1.1761288000000.IwARx0", { subdomainIndex: 1, createdAt: 1_761_288_000_000, clickId: "IwARx0" }],
    [
      "fb%2E1%2E1761288000000%2EIwARx0",
      { subdomainIndex: 1, createdAt: 1_761_288_000_000, clickId: "IwARx0" },
    ],
  ])("%s", (raw, click) => {
    expect(readFbclid(raw, NOW)).toStrictEqual({ ok: true, click });
  });

  test.each(["undefined", "a%20b", "{{fbclid}}", "%s", "fb.1.1761288000000.null", ""])(
    "%j is none",
    (raw) => {
      expect(readFbclid(raw, NOW).ok).toBe(false);
    },
  );
});

test("nothing throws, and what passes is a value that Meta takes", () => {
  const piece = fc.constantFrom(
    "fb",
    "1",
    ".",
    "1761288000000",
    "%",
    "%2E",
    "?fbclid=",
    "null",
    "IwAR0",
    "{",
    "é",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (raw) => {
      for (const reading of [readClick(raw, NOW), readFbclid(raw, NOW)])
        if (reading.ok) expect(reading.click.clickId).toMatch(/^[A-Za-z0-9_~.-]{5,1000}$/);
      const browserId = readBrowserId(raw, NOW);
      if (browserId.ok) expect(browserId.value).toMatch(/^fb\.\d{1,2}\.\d{13}\.\d+(\.[\w-]+)?$/);
      expect(listFbclids(raw)).toBeInstanceOf(Array);
    }),
  );
});
