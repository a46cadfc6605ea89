import { describe, expect, test } from "vitest";
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
