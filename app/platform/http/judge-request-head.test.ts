import { describe, expect, it } from "vitest";

import { judgeRequestHead } from "./judge-request-head.ts";

describe("the head of a request", () => {
  const launch = `embedded=1&hmac=${"f".repeat(64)}&host=${"a".repeat(60)}&id_token=${"e".repeat(1_200)}&locale=en&session=${"c".repeat(64)}&shop=x.myshopify.com&timestamp=1790000000`;
  const [none, line] = [{ headers: 20, cookie: "" }, 404];

  it.each([
    ["the deepest page", "/app/privacy/123456789012345678/export", undefined],
    ["a launch from the admin", `/app?${launch}`, undefined],
    [
      "the page that renews a session",
      `/auth/session-token?shopify-reload=${encodeURIComponent(`https://tandem.example.com/app?${launch}`)}`,
      undefined,
    ],
    ["ten levels", "/a".repeat(10), undefined],
    ["eleven levels", "/a".repeat(11), line],
    ["empty levels", "/".repeat(11), line],
    ["a path of 300", `/${"a".repeat(299)}`, undefined],
    ["a path of 301", `/${"a".repeat(300)}`, 414],
    ["a query of 8,192 with its mark", `/?${"q".repeat(8_191)}`, undefined],
    ["a longer one", `/?${"q".repeat(8_192)}`, 414],
    ["a hundred parameters", `/?a${"&a".repeat(99)}`, undefined],
    ["one more", `/?a${"&a".repeat(100)}`, 414],
    ["slashes and marks within the query", `/app?next=${"/?".repeat(200)}`, undefined],
  ])("is judged by its address: %s", (_what, url, status) => {
    expect(judgeRequestHead({ url, ...none })).toBe(status);
  });

  it("is judged by the number of headers and the size of the cookies", () => {
    expect(judgeRequestHead({ url: "/", headers: 100, cookie: "c".repeat(8_192) })).toBeUndefined();
    expect(judgeRequestHead({ url: "/", headers: 101, cookie: "" })).toBe(431);
    expect(judgeRequestHead({ url: "/", headers: 1, cookie: "c".repeat(8_193) })).toBe(431);
  });
});
