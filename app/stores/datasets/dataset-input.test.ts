import { describe, expect, it } from "vitest";

import {
  isUsualTestCode,
  readDatasetId,
  readTestCode,
  readToken,
  withoutPasteMarks,
} from "./dataset-input.ts";

describe("what copying brings along is taken off", () => {
  it.each([
    ["spaces around", "  1234567890123456 "],
    ["spaces inside", "1234 5678 9012 3456"],
    ["a space that does not break", "\u00a01234567890123456\u202f"],
    ["zero-width characters", "\u200b1234567890\u200d123456\ufeff"],
    ["marks of the writing direction", "\u200e\u202a1234567890123456\u202c"],
    ["a soft hyphen", "12345678\u00ad90123456"],
    ["line breaks and tabs", "1234567890\r\n\t123456"],
    ["full-width digits", "１２３４567890123456"],
    ["blanks that look like letters to a program", "1234567890123456\u2800\u3164"],
  ])("%s", (_, pasted) => {
    expect(readDatasetId(pasted)).toEqual({ ok: true, datasetId: "1234567890123456" });
    const token = `EAAB${pasted}ZDZD`;
    expect(readToken(token)).toEqual({ ok: true, token: "EAAB1234567890123456ZDZD" });
    expect(withoutPasteMarks(`TEST${pasted}`)).toBe("TEST1234567890123456");
  });
});

describe("a test event code", () => {
  it.each(["TEST1", "TEST12345", "TEST1234567890"])("%s is as Meta shows it", (code) => {
    expect(readTestCode(`\u200b ${code}\n`)).toEqual({ ok: true, code });
    expect(isUsualTestCode(code)).toBe(true);
  });

  it.each(["test12345", "TEST", "TEST_12-A", "abc123", "12345"])(
    "%s is taken, and looked at twice",
    (code) => {
      expect(readTestCode(code)).toEqual({ ok: true, code });
      expect(isUsualTestCode(code)).toBe(false);
    },
  );

  it("is one word, with or without blanks in Meta's own", () => {
    expect(readTestCode("TEST 12345")).toEqual({ ok: true, code: "TEST12345" });
    expect(readTestCode("\u200babc\u200b123\u00a0")).toEqual({ ok: true, code: "abc123" });
  });

  it("is none when nothing but blanks was pasted", () => {
    expect(readTestCode(" \u200b\ufeff ")).toEqual({ ok: true, code: "" });
  });

  it.each([
    ["1234567890123456", /looks like a dataset ID/],
    [`EAAB${"x".repeat(180)}`, /looks like an access token/],
    ["EAABshort", /looks like an access token/],
    ["no code!", /looks like TEST12345/],
    // Words in a row, which are a code only when the blanks between them are taken off.
    ["not a code", /looks like TEST12345/],
    ["Test events", /looks like TEST12345/],
    ["ab", /looks like TEST12345/],
    ["тест12345", /looks like TEST12345/],
  ])("%s is not, and the message says what it is", (typed, message) => {
    expect(readTestCode(typed)).toEqual({ ok: false, message: expect.stringMatching(message) as string });
  });
});
