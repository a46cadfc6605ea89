import { describe, expect, it } from "vitest";

import { isOwnOrigin } from "./judge-origin.ts";

const HOSTS = ["shop.myshopify.com", "shop.example.com", "www.shop.example.com"];

describe("the page that a request comes from", () => {
  it.each([
    [null, true],
    ["null", true],
    ["https://shop.myshopify.com", true],
    ["https://shop.example.com", true],
    ["https://www.shop.example.com", true],
    ["http://shop.example.com", false],
    ["https://evil.example", false],
    ["https://shop.example.com.evil.example", false],
    ["https://evil.example/?https://shop.example.com", false],
    ["shop.example.com", false],
    ["", false],
    [`https://${"a".repeat(400)}.example`, false],
  ])("%j is its own: %j", (origin, isOwn) => {
    expect(isOwnOrigin(origin, HOSTS)).toBe(isOwn);
  });
});
