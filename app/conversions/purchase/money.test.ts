import { describe, expect, test } from "vitest";
import { parseAmount, toCurrencyNumber } from "./money.ts";

describe("an amount is what Shopify writes, or nothing", () => {
  test.each([
    ["38.36", 38_360_000n],
    ["0.00", 0n],
    ["10450", 10_450_000_000n],
    ["12.345", 12_345_000n],
    [" 4.99 ", 4_990_000n],
    ["-5.00", -5_000_000n],
    ["0.0000001", 0n],
    ["1,234.50", undefined],
    ["1.234,50", undefined],
    ["NaN", undefined],
    ["Infinity", undefined],
    ["1e5", undefined],
    ["$5.00", undefined],
    ["5.00 USD", undefined],
    ["", undefined],
    [".5", undefined],
    ["0x10", undefined],
    ["\u0665", undefined],
    ["9".repeat(19), undefined],
  ])("%j → %s", (text, expected) => {
    expect(parseAmount(text)).toBe(expected);
  });
});

describe("a number has the decimals of its currency, rounded half up", () => {
  test.each([
    ["38.36", "USD", 38.36],
    ["0.1", "USD", 0.1],
    ["9.995", "USD", 10],
    ["9.994", "USD", 9.99],
    ["0.005", "EUR", 0.01],
    ["-9.995", "USD", -10],
    ["10450", "JPY", 10450],
    ["10450.00", "JPY", 10450],
    ["999.50", "JPY", 1000],
    ["50000", "KRW", 50000],
    ["250000", "VND", 250000],
    ["12.345", "KWD", 12.345],
    ["12.3456", "BHD", 12.346],
    ["1.5", "OMR", 1.5],
    ["1.2345", "CLF", 1.2345],
    ["19.90", "XYZ", 19.9],
    ["123456789012.34", "IDR", 123456789012.34],
  ])("%s %s → %d", (text, currency, expected) => {
    expect(toCurrencyNumber(parseAmount(text) ?? -1n, currency)).toBe(expected);
  });
});
