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

  it("leaves numbers alone, and text in which nothing could begin a formula", () => {
    expect(csvLine([-1.5, "2026-11-22T12:00:00Z", "a-b", "RH-29448", "x=1", "A, -B"])).toBe(
      '-1.5,2026-11-22T12:00:00Z,a-b,RH-29448,x=1,"A, -B"\r\n',
    );
  });

  it("defuses what begins a cell where another separator is read", () => {
    expect(csvLine(["x;=1+1", 'x",=1+1', "x\t@a"])).toBe(`"x;'=1+1","x"",'=1+1","x\t'@a"\r\n`);
  });
});
