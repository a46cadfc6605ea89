import { describe, expect, test } from "vitest";
import { hashValue } from "../conversions/customer/hash-value.ts";
import { isThinIdentity } from "./thin-identity.ts";

const userData = (keys: string) =>
  Object.fromEntries(keys.split(" ").flatMap((key) => (key === "" ? [] : [[key, [hashValue(key)]]])));

describe("too thin for Meta (100/2804050)", () => {
  test.each([
    "",
    "ct",
    "country st zp",
    "ct country st zp client_user_agent",
    "client_user_agent",
    "fn",
    "ln",
  ])("%j", (keys) => {
    expect(isThinIdentity(userData(keys))).toBe(true);
  });
});

describe("enough", () => {
  test.each([
    "em",
    "ph",
    "external_id",
    "fbp",
    "fbc",
    "client_ip_address",
    "fn ln",
    "fn country",
    "em ct country st zp",
  ])("%j", (keys) => {
    expect(isThinIdentity(userData(keys))).toBe(false);
  });
});
