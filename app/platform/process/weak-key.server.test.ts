import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { describeWeakKey } from "./weak-key.server.ts";

const ofBytes = (byte: (index: number) => number) =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => byte(index) & 0xff)).toString("base64");

describe("a key that was not drawn at random", () => {
  it.each([
    ["all zero", ofBytes(() => 0)],
    ["one byte again and again", ofBytes(() => 0x2a)],
    ["two bytes in turn", ofBytes((index) => [1, 200][index % 2] ?? 0)],
    ["a pattern of 16 bytes, twice", ofBytes((index) => (index % 16) * 15)],
    ["a pattern that is cut off", Buffer.alloc(32, "tandem sandbox").toString("base64")],
    ["counted upwards", ofBytes((index) => index)],
    ["counted downwards by three, past zero", ofBytes((index) => 40 - 3 * index)],
    ["zeros and one other byte", ofBytes((index) => (index === 31 ? 1 : 0))],
    ["a password", Buffer.from("Correct-Horse-Battery-Staple-42!").toString("base64")],
    ["hex digits", Buffer.from("9f86d081884c7d659a2feaa0c55ad015").toString("base64")],
  ])("is noticed: %s", (_name, key) => {
    expect(describeWeakKey(key)).toEqual(expect.any(String));
  });

  it("is not suspected where it was", () => {
    for (let round = 0; round < 5_000; round += 1)
      expect(describeWeakKey(randomBytes(32).toString("base64"))).toBeUndefined();
  });
});
