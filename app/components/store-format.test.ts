import { expect, it } from "vitest";

import { createFormat } from "./store-format.ts";

const us = createFormat({ locale: "en-US", timeZone: "America/Los_Angeles", currency: "USD" });
const de = createFormat({ locale: "de-DE", timeZone: "Europe/Berlin", currency: "EUR" });

it("never rounds a share up to all of them", () => {
  expect(us.percent(0.9999)).toBe("99.9%");
  expect(us.percent(1)).toBe("100%");
  expect(us.percent(0.58)).toBe("58%");
});

it("writes money, numbers and days as the store's people do", () => {
  expect(us.money(1234.5)).toBe("$1,234.50");
  expect(us.money(1000, "JPY")).toBe("¥1,000");
  expect(de.money(1234.5)).toBe("1.234,50\u00a0€");
  expect(de.number(1234567)).toBe("1.234.567");
  expect(us.day("2026-03-01")).toBe("Mar 1");
});

it("shows times in the store's zone and names it by its place", () => {
  expect(us.dateTime(Date.UTC(2026, 2, 8, 9, 30))).toBe("Mar 8, 2026, 1:30 AM");
  expect(us.soon(Date.UTC(2026, 2, 8, 9, 30))).toBe("Mar 8, 1:30 AM");
  expect(us.timeZoneName).toBe("Los Angeles time");
});

it("falls back where the locale is nonsense", () => {
  expect(createFormat({ locale: "not a locale", timeZone: "UTC", currency: null }).money(5)).toBe("5");
});
