import { expect, it } from "vitest";
import { pageAddress } from "./page-address.ts";

it.each([
  ["https://hats.example/checkouts/cn/Z2NwLX/thank-you?key=secret#top", "https://hats.example/checkouts"],
  ["https://hats.example/en/checkouts/cn/Z2NwLX/thank-you", "https://hats.example/en"],
  ["https://hats.example/69/orders/5a7d1bb2c9?key=1", "https://hats.example/"],
  ["https://hats.example/account/orders/5a7d1bb2c9", "https://hats.example/"],
  ["https://hats.example/pages/bd5a8aa1ecd019dd3520ff791ee3a24c", "https://hats.example/pages"],
  ["https://hats.example/products/felt-hat?variant=1", "https://hats.example/products/felt-hat"],
  ["http://localhost:3456/checkouts/cn/1/thank-you", "http://localhost:3456/checkouts"],
  ["https://hats.example/pages/jane@example.com/hats", "https://hats.example/pages"],
  ["https://hats.example/pages/jane%40example.com", "https://hats.example/pages"],
  ["https://hats.example/pages/jane%2540example.com", "https://hats.example/pages"],
  ["https://hats.example/account/jane@example.com/orders", "https://hats.example/"],
  ["https://hats.example/pages/jane-at-example.com", "https://hats.example/pages"],
  ["https://hats.example/track/+15555550100", "https://hats.example/track"],
  ["https://hats.example/track/tel:555-555-0100", "https://hats.example/track"],
  ["https://hats.example/track/555.555.0100", "https://hats.example/track"],
  ["https://hats.example/pages/amFuZUBleGFtcGxlLmNvbQ", "https://hats.example/pages"],
  [
    "https://hats.example/products/felt-hat?email=jane@example.com#+15555550100",
    "https://hats.example/products/felt-hat",
  ],
  ["https://hats.example/products/look-at-me-2", "https://hats.example/products/look-at-me-2"],
  ["https://hats.example", "https://hats.example/"],
  ["", ""],
  ["about:srcdoc", ""],
])("%j is told as %j", (href, expected) => {
  expect(pageAddress(href)).toBe(expected);
});
