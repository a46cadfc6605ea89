import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { sanitisePageUrl, shopFrontUrl } from "./event-source-url.ts";

const SHOP = "https://shop.example.com";

describe("a page address loses whatever could identify the buyer or open the order", () => {
  test.each([
    [`${SHOP}/`, `${SHOP}/`],
    [`${SHOP}/products/red-mug?variant=1&utm_content=jane%40example.com`, `${SHOP}/products/red-mug`],
    [
      `${SHOP}/collections/all?fbclid=IwAR0_-x&email=jane@example.com`,
      `${SHOP}/collections/all?fbclid=IwAR0_-x`,
    ],
    [`${SHOP}/checkouts/cn/Z2NwLXVzLWVhc3QxOjAx/thank-you?key=SECRET`, `${SHOP}/checkouts`],
    [`${SHOP}/10000000001/orders/4000000000000004/authenticate?key=SECRET`, `${SHOP}/`],
    [`${SHOP}/account/orders/1234abcd?token=SECRET`, `${SHOP}/`],
    [`${SHOP}/pages/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed`, `${SHOP}/pages`],
    [`${SHOP}/pages/jane%40example.com`, `${SHOP}/pages`],
    [`${SHOP}/account/jane@example.com/orders`, `${SHOP}/`],
    [`${SHOP}/pages/jane@example.com/hats`, `${SHOP}/pages`],
    [`${SHOP}/pages/jane%2540example.com`, `${SHOP}/pages`],
    [`${SHOP}/pages/jane%EF%BC%A0example.com`, `${SHOP}/pages`],
    [`${SHOP}/pages/jane-at-example.com`, `${SHOP}/pages`],
    [`${SHOP}/pages/jane_at_example_dot_com`, `${SHOP}/pages`],
    [`${SHOP}/pages/amFuZUBleGFtcGxlLmNvbQ`, `${SHOP}/pages`],
    [`${SHOP}/track/+15555550100/x`, `${SHOP}/track`],
    [`${SHOP}/track/%2B15555550100`, `${SHOP}/track`],
    [`${SHOP}/track/(555)555-0100`, `${SHOP}/track`],
    [`${SHOP}/track/tel:5555550100`, `${SHOP}/track`],
    [`${SHOP}/track/555.555.0100`, `${SHOP}/track`],
    [`${SHOP}/track/call-1-555-555-0100`, `${SHOP}/track`],
    [`${SHOP}/account;jsessionid=1/jane`, `${SHOP}/`],
    [`${SHOP}/products/mug;email=jane`, `${SHOP}/products`],
    [`${SHOP}/products/mug?x=1#jane@example.com`, `${SHOP}/products/mug`],
    [`${SHOP}/products/mug?fbclid=jane@example.com`, `${SHOP}/products/mug`],
    [`${SHOP}/products/mug?fbclid=jane%2540example.com`, `${SHOP}/products/mug`],
    [`${SHOP}/products/iphone-15-pro`, `${SHOP}/products/iphone-15-pro`],
    [`${SHOP}/products/look-at-me.2`, `${SHOP}/products/look-at-me.2`],
    ["https://jane:secret@shop.example.com/pages/about#jane", `${SHOP}/pages/about`],
    ["http://localhost:4000/products/mug", "http://localhost:4000/products/mug"],
    [`${SHOP}/${"a/".repeat(600)}`, `${SHOP}/`],
    ["javascript:alert(1)", undefined],
    ["/products/mug", undefined],
    ["", undefined],
  ])("%s → %s", (raw, expected) => {
    expect(sanitisePageUrl(raw)).toBe(expected);
  });
});

test("of the order-status address only the shop's front page remains", () => {
  expect(shopFrontUrl(`${SHOP}/10000000001/orders/1/authenticate?key=SECRET`)).toBe(`${SHOP}/`);
  expect(shopFrontUrl("not an address")).toBeUndefined();
});

test("no e-mail address and no telephone number is left, however it is written and wherever it stands", () => {
  const email = fc.constantFrom("jane@example.com", "Jane.Doe+hats@mail.example.co.uk");
  const phone = fc.constantFrom("+15555550100", "555-555-0100", "(555) 555 0100", "0049 30 901820");
  const encoded = fc.tuple(fc.oneof(email, phone), fc.nat(3)).map(([text, times]) => {
    let written: string = text;
    for (let time = 0; time < times; time += 1) written = encodeURIComponent(written);
    return written;
  });
  const place = fc.constantFrom(
    "/account/X/orders",
    "/pages/X",
    "/X",
    "/products/mug/X/y",
    "/p?q=X",
    "/p#X",
    "/p?fbclid=X",
  );
  fc.assert(
    fc.property(encoded, place, (person, path) => {
      const page = sanitisePageUrl(SHOP + path.replace("X", () => person)) ?? "";
      expect(page.slice(SHOP.length)).not.toMatch(/jane|@|%|example\.co|5555|555-|901820/i);
      expect(page.startsWith(`${SHOP}/`)).toBe(true);
    }),
  );
});
