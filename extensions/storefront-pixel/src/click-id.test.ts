import { describe, expect, it } from "vitest";
import { FakeStorefront } from "../../../tests/extensions/fake-storefront.ts";
import { isNewClick, keepClick, seeClick } from "./click-id.ts";

const SEEN = 1788253200000;

describe("_fbc is written only for a click that the Pixel has not kept", () => {
  it.each([
    ["no cookie", "", "IwAR0abc", true],
    ["the same click", "fb.1.1700000000000.IwAR0abc", "IwAR0abc", false],
    ["the same click with Meta's appendix", "fb.1.1700000000000.IwAR0abc.AQQCAQMC", "IwAR0abc", false],
    ["another click", "fb.1.1700000000000.IwAR0abc", "IwAR0xyz", true],
    ["a click that merely begins alike", "fb.1.1700000000000.IwAR0abcdef", "IwAR0abc", true],
    ["another case: click IDs are case-sensitive", "fb.1.1700000000000.iwar0abc", "IwAR0abc", true],
    ["no click", "", null, false],
  ])("%s", (_name, cookie, fbclid, expected) => {
    expect(isNewClick(cookie, fbclid)).toBe(expected);
  });
});

describe("the click's form: fb.<subdomain index>.<first seen, ms>.<fbclid verbatim>", () => {
  it.each([
    ["example.com", "fb.1.1788253200000.IwAR-0_aZ", "example.com"],
    ["www.example.com", "fb.1.1788253200000.IwAR-0_aZ", "example.com"],
    ["www.example.co.uk", "fb.2.1788253200000.IwAR-0_aZ", "example.co.uk"],
    ["hats.myshopify.com", "fb.2.1788253200000.IwAR-0_aZ", "hats.myshopify.com"],
    ["localhost", "fb.1.1788253200000.IwAR-0_aZ", ""],
    ["127.0.0.1", "fb.1.1788253200000.IwAR-0_aZ", ""],
  ])("on %s", (hostname, value, domain) => {
    const page = new FakeStorefront({ hostname, search: "?utm_source=x&fbclid=IwAR-0_aZ" });
    keepClick(page.window, seeClick(page.window, SEEN));
    expect(page.cookies.get("_fbc")).toMatchObject({ value, domain });
  });

  it("lasts 90 days", () => {
    const page = new FakeStorefront({ search: "?fbclid=IwAR0abc" });
    const before = Date.now();
    keepClick(page.window, seeClick(page.window, SEEN));
    const left = (page.cookies.get("_fbc")?.expires ?? 0) - before;
    expect(Math.round(left / 86_400_000)).toBe(90);
  });

  it.each([
    "a;domain=evil.example",
    "a b",
    "a%0d%0aSet-Cookie:x",
    '"',
    "",
    "undefined",
    "{{fbclid}}",
    `fb.1.${SEEN}.IwAR0`,
  ])("refuses what is no click ID: %j", (value) => {
    const page = new FakeStorefront({ search: `?fbclid=${encodeURIComponent(value)}` });
    keepClick(page.window, seeClick(page.window, SEEN));
    expect(page.cookies.header).toBe("");
  });
});
