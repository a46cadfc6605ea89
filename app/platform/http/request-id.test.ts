import { describe, expect, it } from "vitest";

import { requestIdOf } from "./request-id.ts";

describe("a request's ID", () => {
  const ours = () => "made-here";

  it.each([
    ["a UUID", "1b4e28ba-2fa1-41d2-883f-0016d3cca427"],
    ["nginx's $request_id", "9d3a1f0c5b7e4d2a8c6b1e0f3a5d7c9b"],
    ["an ID with a region behind it", "01HZX4Q3TB5M7K8N9P0R1S2T3V-fra"],
    ["the longest", "a".repeat(64)],
  ])("is the proxy's: %s", (_, given) => {
    expect(requestIdOf(given, 1, ours)).toBe(given);
  });

  it.each([
    ["no proxy is counted", "1b4e28ba-2fa1-41d2-883f-0016d3cca427", 0],
    ["none came", undefined, 1],
    ["it is empty", "", 1],
    ["it is too short to tell requests apart", "1", 1],
    ["it is too long", "a".repeat(65), 1],
    ["it begins a log line of its own", 'aaaaaaaa\n{"level":"fatal"}', 1],
    ["it has quotes", 'aaaaaaaa","shop":"x', 1],
    ["it has markup", "<script>alert(1)</script>", 1],
    ["it is an e-mail address", "anna@example.com", 1],
    ["it is a signed token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0", 1],
    ["it holds a control character", "aaaaaaaa\u0000", 1],
    ["it holds letters of no alphabet of ours", "аааааааа", 1],
    ["several came, joined as Node joins them", "aaaaaaaa, bbbbbbbb", 1],
    ["several came as a list", ["aaaaaaaa", "bbbbbbbb"], 1],
  ])("is a new one where %s", (_, given, trustedProxies) => {
    expect(requestIdOf(given, trustedProxies, ours)).toBe("made-here");
  });

  it("is another one each time", () => {
    expect(requestIdOf(undefined, 0)).not.toBe(requestIdOf(undefined, 0));
  });
});
