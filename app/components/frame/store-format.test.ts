import { afterEach, expect, it, vi } from "vitest";

import { zoneOffsets } from "../../quality/zone-offsets.server.ts";
import { createFormat } from "./store-format.ts";

const NOW = Date.UTC(2026, 10, 26);
const store = (timeZone: string, currency: string | null) =>
  createFormat({ timeZone, offsets: zoneOffsets(timeZone, NOW), currency });
const us = store("America/Los_Angeles", "USD");

afterEach(() => void vi.unstubAllGlobals());

it("never rounds a share up to all of them, nor down to none", () => {
  expect(us.percent(0.9999)).toBe("99.9%");
  expect(us.percent(1)).toBe("100%");
  expect(us.percent(0.58)).toBe("58%");
  expect(us.percent(0.0004)).toBe("<0.1%");
  expect(us.percent(0)).toBe("0%");
  expect(us.percent(-0.125)).toBe("-12.5%");
});

it("writes numbers and days in English, as the texts are", () => {
  expect(us.number(1234567)).toBe("1,234,567");
  expect(us.number(-1234.5)).toBe("-1,234.5");
  expect(us.number(0.1 + 0.2)).toBe("0.3");
  expect(us.score(8)).toBe("8.0");
  expect(us.day("2026-03-01")).toBe("Mar 1");
});

// Decimals by ISO 4217; signs only where no other currency has the same.
it.each([
  [1234.5, "USD", "$1,234.50"],
  [1234.5, "EUR", "€1,234.50"],
  [1234.5, "CAD", "CA$1,234.50"],
  [1234.5, "AUD", "A$1,234.50"],
  [1000, "JPY", "¥1,000"],
  [1000, "CNY", "CN¥1,000.00"],
  [15000, "KRW", "₩15,000"],
  [8485, "PKR", "PKR 8,485.00"],
  [89900.5, "COP", "COP 89,900.50"],
  [150000, "IDR", "IDR 150,000.00"],
  [12990, "HUF", "HUF 12,990.00"],
  [9990, "CLP", "CLP 9,990"],
  [12.345, "KWD", "KWD 12.345"],
  [7, "ISK", "ISK 7"],
  [-5, "USD", "-$5.00"],
  [-0.001, "USD", "$0.00"],
])("writes %d %s as %s", (amount, currency, text) => {
  expect(us.money(amount, currency)).toBe(text.replace(" ", "\u00a0"));
});

it("keeps the lone dollar sign for stores that count in US dollars", () => {
  const canada = store("America/Toronto", "CAD");
  expect(canada.money(10)).toBe("CA$10.00");
  expect(canada.money(10, "USD")).toBe("US$10.00");
  expect(store("UTC", null).money(5)).toBe("5");
});

it("shows times in the store's zone and names it by its place", () => {
  expect(us.dateTime(Date.UTC(2026, 2, 8, 9, 30))).toBe("Mar 8, 2026, 1:30\u00a0AM");
  expect(us.soon(Date.UTC(2026, 2, 8, 9, 30))).toBe("Mar 8, 1:30\u00a0AM");
  expect(us.exact("2026-03-08T20:05:09Z")).toBe("Mar 8, 2026, 1:05:09\u00a0PM");
  expect(us.date("2026-01-01T07:59:59Z")).toBe("Dec 31, 2025");
  expect(us.timeZoneName).toBe("Los Angeles time");
});

it.each([
  // The clocks went from 1:59:59 to 3:00:00 on March 8, and from 1:59:59 back to 1:00:00 on November 1.
  ["America/Los_Angeles", "2026-03-08T09:59:59Z", "Mar 8, 2026, 1:59\u00a0AM"],
  ["America/Los_Angeles", "2026-03-08T10:00:00Z", "Mar 8, 2026, 3:00\u00a0AM"],
  ["America/Los_Angeles", "2026-11-01T08:59:59Z", "Nov 1, 2026, 1:59\u00a0AM"],
  ["America/Los_Angeles", "2026-11-01T09:00:00Z", "Nov 1, 2026, 1:00\u00a0AM"],
  ["Asia/Kolkata", "2026-06-30T18:30:00Z", "Jul 1, 2026, 12:00\u00a0AM"],
  ["Asia/Kathmandu", "2026-06-30T12:00:00Z", "Jun 30, 2026, 5:45\u00a0PM"],
  ["Australia/Lord_Howe", "2026-06-30T12:00:00Z", "Jun 30, 2026, 10:30\u00a0PM"],
  ["Australia/Lord_Howe", "2026-12-30T12:00:00Z", "Dec 30, 2026, 11:00\u00a0PM"],
  ["America/Sao_Paulo", "2026-12-30T12:00:00Z", "Dec 30, 2026, 9:00\u00a0AM"],
  ["Pacific/Kiritimati", "2026-12-31T12:00:00Z", "Jan 1, 2027, 2:00\u00a0AM"],
  ["Europe/Berlin", "2029-07-01T12:00:00Z", "Jul 1, 2029, 2:00\u00a0PM"],
  ["UTC", "2026-12-31T12:00:00Z", "Dec 31, 2026, 12:00\u00a0PM"],
])("in %s %s is %s", (timeZone, at, text) => {
  expect(store(timeZone, null).dateTime(at)).toBe(text);
});

it("asks the platform's locale data for nothing", () => {
  const offsets = zoneOffsets("America/Los_Angeles", NOW);
  vi.stubGlobal("Intl", undefined);
  const format = createFormat({ timeZone: "America/Los_Angeles", offsets, currency: "EUR" });
  expect(format.money(8485.5)).toBe("€8,485.50");
  expect(format.exact(Date.UTC(2026, 2, 8, 9, 30))).toBe("Mar 8, 2026, 1:30:00\u00a0AM");
});
