import { describe, expect, test } from "vitest";
import { normaliseIp, normaliseUserAgent, preferIpv6 } from "./client-details.ts";

describe("an IP address", () => {
  test.each([
    ["203.0.113.10", "203.0.113.10"],
    [" 198.51.100.1 ", "198.51.100.1"],
    ["2001:db8:f935:5a01:351b:6849:de79:53e2", "2001:db8:f935:5a01:351b:6849:de79:53e2"],
    ["2606:4700::1111", "2606:4700::1111"],
    ["::ffff:203.0.113.10", "203.0.113.10"],
    ["172.32.0.1", "172.32.0.1"],
    ["100.128.0.1", "100.128.0.1"],
  ])("%s is kept as %s", (raw, expected) => {
    expect(normaliseIp(raw)).toStrictEqual({ ok: true, value: expected });
  });

  test.each([
    ...["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "172.31.255.255", "169.254.1.1", "100.64.0.1"],
    ...["0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1"],
    ...["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:c0a8:1"],
  ])("%s is nobody's on the internet", (raw) => {
    expect(normaliseIp(raw)).toStrictEqual({ ok: false, reason: "private_address" });
  });

  test.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "0x7f.1",
    "1.2.3.4:80",
    "1.2.3.4, 5.6.7.8",
    "fe80::1%eth0",
  ])("%j is none", (raw) => {
    expect(normaliseIp(raw)).toStrictEqual({ ok: false, reason: "malformed" });
  });

  test("is the IPv6 one where both are known", () => {
    expect(preferIpv6(["203.0.113.10", "2001:db8::1"])).toBe("2001:db8::1");
    expect(preferIpv6(["203.0.113.10", "198.51.100.1"])).toBe("203.0.113.10");
    expect(preferIpv6([])).toBeUndefined();
  });
});

describe("a user agent", () => {
  test.each([
    ["Mozilla/5.0 (Macintosh)", true],
    ["  Mozilla/5.0  ", true],
    ["", false],
    ["null", false],
    ["Mozilla\u0000", false],
    ["Mozilla\n5.0", false],
    ["\ud800", false],
    ["x".repeat(1025), false],
  ])("%j → usable: %s", (raw, usable) => {
    expect(normaliseUserAgent(raw).ok).toBe(usable);
  });
});
