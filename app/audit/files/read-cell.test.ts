import { expect, it } from "vitest";

import { readAmount, readCount, readCurrency, readTime } from "./read-cell.ts";

const at = (iso: string) => Date.parse(iso);

it.each([
  ["2026-11-26", { at: null, day: "2026-11-26" }],
  ["2026-11-26 10:31:22 -0500", { at: at("2026-11-26T15:31:22Z"), day: "2026-11-26" }],
  ["2026-11-26 23:31:22 -0500", { at: at("2026-11-27T04:31:22Z"), day: "2026-11-26" }],
  ["2026-11-26T10:31:22+05:30", { at: at("2026-11-26T05:01:22Z"), day: "2026-11-26" }],
  ["2026-11-26T10:31:22.123Z", { at: at("2026-11-26T10:31:22Z"), day: "2026-11-26" }],
  ["2026-11-26 10:31:22 UTC", { at: at("2026-11-26T10:31:22Z"), day: "2026-11-26" }],
  ["2026-11-26 10:31", { at: null, day: "2026-11-26" }],
  ["1764171082", { at: 1764171082000, day: "2025-11-26" }],
  ["1764171082.75", { at: 1764171082750, day: "2025-11-26" }],
  ["1764171082123", { at: 1764171082123, day: "2025-11-26" }],
  ["Nov 26, 2026", { at: null, day: "2026-11-26" }],
  ["26 November 2026", { at: null, day: "2026-11-26" }],
  [" 2026-11-26 ", { at: null, day: "2026-11-26" }],
])("reads the time %s", (cell, expected) => {
  expect(readTime(cell)).toEqual(expected);
});

it.each([
  "",
  "11/26/2026",
  "26.11.2026",
  "2026-02-30",
  "2026-13-01",
  "2026-11-26 25:00:00",
  "2026-11-26 10:61:00",
  "1999-01-01",
  "Foo 26, 2026",
  "2026-11-26 10:31:22 EST",
  "12345",
  "tomorrow",
])("reads no time from %j", (cell) => {
  expect(readTime(cell)).toBeUndefined();
});

it.each([
  ["1234.56", 1234.56],
  ["1,234.56", 1234.56],
  ["1.234,56", 1234.56],
  ["1234,5", 1234.5],
  ["1,234", 1234],
  ["1.234.567", 1234567],
  ["1 234,50", 1234.5],
  ["$12.00", 12],
  ["12,00 €", 12],
  ["-3.10", -3.1],
  ["0", 0],
  ["1.234", 1.234],
])("reads the amount %s", (cell, expected) => {
  expect(readAmount(cell)).toBe(expected);
});

it.each(["", "twelve", "1.2.3,4,5", "12.00 USD", "NaN", "1e9", "--1"])("reads no amount from %j", (cell) => {
  expect(readAmount(cell)).toBeUndefined();
});

it("reads counts and currencies", () => {
  expect(["12", "1,200", "0", "1.5", "-1", "9999999999", "x"].map(readCount)).toEqual([
    12,
    1200,
    0,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(["usd", " EUR ", "US", "$", ""].map(readCurrency)).toEqual([
    "USD",
    "EUR",
    undefined,
    undefined,
    undefined,
  ]);
});
