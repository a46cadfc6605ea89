import { describe, expect, it } from "vitest";

import { redactText } from "./log.server.ts";

describe("a text for the log", () => {
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_x";

  it.each([
    ["mail from anna@example.com failed", "mail from [email] failed"],
    ["<first.last+tag@mail.example.co.uk>", "<[email]>"],
    [`${"a".repeat(200)}@example.com`, "[email]"],
    ["a@b@c.example", "a@[email]"],
    ["one@x.example,two@y.example", "[email],[email]"],
    [`Bearer ${jwt}`, "Bearer [token]"],
    [`x-${jwt}`, "x-[token]"],
    [`tandem.example.${jwt}`, "tandem.example.[token]"],
    [`"${jwt}", "${jwt}"`, '"[token]", "[token]"'],
    [`id_token=${jwt}&shop=x`, "id_token=[token]&shop=x"],
    [`hmac=${"f".repeat(64)} and more`, "hmac=[token] and more"],
    [`EAA${"b".repeat(40)}`, "[token]"],
    ["shpat_0123456789abcdef", "[token]"],
    ["app.events.csv has 1.2.3 lines at 10:00", "app.events.csv has 1.2.3 lines at 10:00"],
  ])("%j is %j", (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it("is bounded, and never cut within a token", () => {
    const long = `${"word ".repeat(3_270)}${jwt} ${"more ".repeat(20_000)}`;
    const redacted = redactText(long);
    expect(redacted.length).toBeLessThan(16_500);
    expect(redacted).toContain("characters]");
    for (let before = 16_384 - jwt.length - 2; before < 16_390; before += 1)
      expect(redactText(`${" ".repeat(before)}${jwt} ${"y".repeat(40)}`)).not.toContain("eyJ");
    expect(redactText(`${jwt}${"z".repeat(20_000)}`)).toBe(
      " [20051 characters]".replace("20051", String(jwt.length + 20_000)),
    );
  });
});
