import { describe, expect, it } from "vitest";

import { readEmailAddress } from "./email-address.ts";
import { isPublicAddress } from "./public-address.ts";
import { readWebhookAddress, shortenWebhook } from "./webhook-address.ts";

describe("a public address", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "99.255.255.255",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001:82f::200e",
    "2001:200::1",
  ])("is %s", (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:a00:1",
    "::ffff:8.8.8.8",
    "::10.0.0.1",
    "0:0:0:0:0:ffff:7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::1",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%lo",
    "2606:4700::1%lo",
    "fec0::1",
    "ff02::1",
    "4000::1",
    "",
    "localhost",
    "2130706433",
    "0x7f000001",
    "127.1",
    "010.0.0.1",
    "8.8.8.8 ",
    "[::1]",
  ])("is not %j", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("a webhook's address", () => {
  it.each([
    ["https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/services/T0/B0/x"],
    ["  https://example.com:443/a?b=c#d ", "https://example.com/a?b=c"],
    ["https://8.8.8.8/x", "https://8.8.8.8/x"],
    ["https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"],
    ["HTTPS://Example.COM", "https://example.com/"],
  ])("is %s", (typed, url) => {
    const read = readWebhookAddress(typed);
    expect(read.ok && read.url.href).toBe(url);
  });

  it.each([
    ["", "malformed"],
    ["hooks.slack.com/x", "malformed"],
    ["https://", "malformed"],
    ["http://example.com/", "notHttps"],
    ["ftp://example.com/", "notHttps"],
    ["file:///etc/passwd", "malformed"],
    ["javascript:alert(1)", "malformed"],
    ["https://example.com:8443/", "port"],
    ["https://example.com:80/", "port"],
    ["https://user@example.com/", "credentials"],
    ["https://:pass@example.com/", "credentials"],
    [`https://example.com/${"a".repeat(2_000)}`, "tooLong"],
    ["https://localhost/", "notPublic"],
    ["https://localhost./", "notPublic"],
    ["https://a.localhost/", "notPublic"],
    ["https://printer.local/", "notPublic"],
    ["https://metadata.google.internal/", "notPublic"],
    ["https://intranet/", "notPublic"],
    ["https://127.0.0.1/", "notPublic"],
    ["https://127.1/", "notPublic"],
    ["https://2130706433/", "notPublic"],
    ["https://0x7f000001/", "notPublic"],
    ["https://0x7f.0.0.1/", "notPublic"],
    ["https://0177.0.0.1/", "notPublic"],
    ["https://127.0.0.1./", "notPublic"],
    ["https://１２７.0.0.1/", "notPublic"],
    ["https://10.0.0.1/", "notPublic"],
    ["https://100.64.0.1/", "notPublic"],
    ["https://169.254.169.254/latest/meta-data", "notPublic"],
    ["https://0.0.0.0/", "notPublic"],
    ["https://0/", "notPublic"],
    ["https://[::1]/", "notPublic"],
    ["https://[::]/", "notPublic"],
    ["https://[fc00::1]/", "notPublic"],
    ["https://[fe80::1]/", "notPublic"],
    ["https://[::ffff:10.0.0.1]/", "notPublic"],
    ["https://[::ffff:7f00:1]/", "notPublic"],
    ["https://[64:ff9b::a00:1]/", "notPublic"],
  ])("is not %j: %s", (typed, problem) => expect(readWebhookAddress(typed)).toEqual({ ok: false, problem }));

  it("is shown by its host and its last letters", () => {
    expect(shortenWebhook("https://hooks.slack.com/services/T0/B0/secretX9ab")).toBe("hooks.slack.com/…X9ab");
  });
});

describe("an e-mail address", () => {
  it.each([
    ["anna@example.com", "anna@example.com"],
    [" first.last+tag@mail.example.co.uk ", "first.last+tag@mail.example.co.uk"],
    ["o'neil_1@xn--bcher-kva.example", "o'neil_1@xn--bcher-kva.example"],
  ])("is %j", (typed, read) => expect(readEmailAddress(typed)).toBe(read));

  it.each([
    "",
    "anna",
    "@example.com",
    "anna@",
    "anna@localhost",
    "anna@127.0.0.1",
    "anna@[127.0.0.1]",
    "a@b@example.com",
    "anna@example.com,eve@example.com",
    "anna@example.com eve@example.com",
    "anna@example.com\r\nBcc: eve@example.com",
    "anna@example.com\nRCPT TO:<eve@example.com>",
    "anna\r\n@example.com",
    "anna@exa\u0000mple.com",
    "<anna@example.com>",
    "Anna <anna@example.com>",
    '"anna"@example.com',
    '"a b"@example.com',
    "anna(comment)@example.com",
    ".anna@example.com",
    "anna..b@example.com",
    "anna@-example.com",
    "anna@example..com",
    "änna@example.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.${"e".repeat(63)}.com`,
  ])("is not %j", (typed) => expect(readEmailAddress(typed)).toBeUndefined());
});
