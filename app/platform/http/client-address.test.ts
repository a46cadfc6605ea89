import { describe, expect, it } from "vitest";

import { addressKeys, callerAddress, isInnerAddress, readAddress } from "./client-address.ts";

describe("a caller's address", () => {
  it.each([
    ["198.51.100.7", "198.51.100.7"],
    [" 198.51.100.7 ", "198.51.100.7"],
    ["::ffff:198.51.100.7", "198.51.100.7"],
    ["::FFFF:C633:6407", "198.51.100.7"],
    ["0:0:0:0:0:ffff:c633:6407", "198.51.100.7"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["::", "::"],
    ["not an address", ""],
    ["198.51.100.7:443", ""],
    ["[2001:db8::1]", ""],
    ["1".repeat(10_000), ""],
    ["", ""],
    [undefined, ""],
  ])("%j is %j", (text, address) => {
    expect(readAddress(text)).toBe(address);
  });

  it.each([
    ["198.51.100.7", "198.51.100.7", "198.51.100"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2/64", "2001:db8:1/48"],
    ["2001:db8:1:2::", "2001:db8:1:2/64", "2001:db8:1/48"],
    ["2001:db8::1", "2001:db8:0:0/64", "2001:db8:0/48"],
    ["::1", "0:0:0:0/64", "0:0:0/48"],
    ["", "unknown", "unknown"],
  ])("%j is counted as %j in %j", (address, host, network) => {
    expect(addressKeys(address)).toEqual({ host, network });
  });

  it.each([
    ["127.0.0.1", true],
    ["10.1.2.3", true],
    ["172.16.0.1", true],
    ["172.31.255.1", true],
    ["172.32.0.1", false],
    ["192.168.1.1", true],
    ["169.254.1.1", true],
    ["100.64.0.1", true],
    ["100.128.0.1", false],
    ["198.51.100.7", false],
    ["::1", true],
    ["fd12::1", true],
    ["fe80::1", true],
    ["2001:db8::1", false],
    ["", false],
  ])("%j is nobody's on the internet: %s", (address, isInner) => {
    expect(isInnerAddress(address)).toBe(isInner);
  });
});

describe("who called", () => {
  it.each([
    ["no proxy is trusted", 0, "203.0.113.9", "198.51.100.1"],
    ["what the one proxy saw", 1, "203.0.113.8, 203.0.113.9", "203.0.113.9"],
    ["what the outer of two saw", 2, "203.0.113.7,203.0.113.8, 203.0.113.9", "203.0.113.8"],
    ["fewer notes than proxies", 3, "203.0.113.8, 203.0.113.9", "203.0.113.8"],
    ["no note", 1, undefined, "198.51.100.1"],
    ["a note that is no address", 1, "unknown", ""],
  ])("%s", (_, trusted, forwardedFor, expected) => {
    expect(callerAddress("::ffff:198.51.100.1", forwardedFor, trusted)).toBe(expected);
  });
});
