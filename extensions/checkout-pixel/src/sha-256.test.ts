import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import { sha256 } from "./sha-256.ts";

describe("sha256", () => {
  // NIST's examples for FIPS 180-4 (csrc.nist.gov, SHA256.pdf), and the empty text.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("has the published digest of an example", (text, digest) => {
    expect(sha256(text)).toBe(digest);
  });

  it("agrees with Node's at every length around a block, and in any alphabet", () => {
    const node = (text: string) => createHash("sha256").update(text).digest("hex");
    for (let length = 0; length <= 200; length += 1) {
      const text = "Z2NwLXVzLWVhc3Qx".repeat(13).slice(0, length);
      expect(sha256(text)).toBe(node(text));
    }
    for (const text of ["é", "ß€", "中文", "😀𠮷", "\u0000\u007f\u0080\u07ff\u0800\uffff"])
      expect(sha256(text)).toBe(node(text));
    expect(sha256("\ud800")).toMatch(/^[0-9a-f]{64}$/);
  });
});
