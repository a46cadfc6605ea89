import { describe, expect, it } from "vitest";

import { csvLine } from "./write-csv.ts";

describe("one line of CSV", () => {
  it("follows RFC 4180", () => {
    expect(csvLine(["a", 1, null, 'say "b", twice', "two\nlines"])).toBe(
      'a,1,,"say ""b"", twice","two\nlines"\r\n',
    );
  });

  // OWASP, "CSV Injection": each of these begins a formula, full-width forms included.
  it.each(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])("defuses %j", (sign) => {
    expect(csvLine([`${sign}1`])).toBe(`"'${sign}1"\r\n`);
  });

  // Excel and others trim a cell before they look at it: no-break and ideographic spaces, marks of direction and order.
  it.each([" ", "   ", "\u00a0", "\u2003", "\u3000", "\ufeff", "\u200b", "\u202e"])(
    "defuses a formula behind %j",
    (before) => {
      expect(csvLine([`${before}=1+1`])).toBe(`"'${before}=1+1"\r\n`);
    },
  );

  it("leaves numbers alone, and text in which nothing could begin a formula", () => {
    expect(csvLine([-1.5, "2026-11-22T12:00:00Z", "a-b", "RH-29448", "x=1", "A, -B"])).toBe(
      '-1.5,2026-11-22T12:00:00Z,a-b,RH-29448,x=1,"A, -B"\r\n',
    );
  });

  it("writes an amount with the decimals it is given, below zero too", () => {
    const amount = (value: number, decimals: number) => ({ amount: value, decimals });
    expect(csvLine([amount(10, 2), amount(1200, 0), amount(3.5, 3), amount(-2.5, 2)])).toBe(
      "10.00,1200,3.500,-2.50\r\n",
    );
  });

  it("defuses what begins a cell where another separator is read", () => {
    expect(csvLine(["x;=1+1", 'x",=1+1', "x\t@a"])).toBe(`"x;'=1+1","x"",'=1+1","x\t'@a"\r\n`);
  });
});
