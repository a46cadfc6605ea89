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
  ["https://hats.example", "https://hats.example/"],
  ["", ""],
  ["about:srcdoc", ""],
])("%j is told as %j", (href, expected) => {
  expect(pageAddress(href)).toBe(expected);
});
