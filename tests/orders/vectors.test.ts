/**
 * The customer information keys, one row a rule. The expected values come from Meta's pages or were written by hand;
 * the hashes were made from them with sha256sum, so nothing here was computed by the code it tests.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { buildConversion } from "#app/conversions/build-conversion.ts";
import { DEFAULT_SETTINGS } from "#app/conversions/settings/settings.ts";
import type { HashedCustomerInformation } from "#app/conversions/model.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";

type Key = keyof HashedCustomerInformation;
type OrderJson = Readonly<Record<string, unknown>>;

/** Where each key's raw value stands in an order. */
const PLACES: Readonly<Record<Key, (raw: string, country: string | null) => OrderJson>> = {
  em: (email) => ({ email }),
  ph: (phone, country) => ({ phone, billing_address: { country_code: country } }),
  fn: (name) => ({ customer: { first_name: name } }),
  ln: (name) => ({ customer: { last_name: name } }),
  ct: (city) => ({ billing_address: { city } }),
  st: (raw, country) => {
    const [code, name] = raw.split("|");
    return { billing_address: { province_code: code, province: name, country_code: country } };
  },
  zp: (zip, country) => ({ billing_address: { zip, country_code: country } }),
  country: (code) => ({ billing_address: { country_code: code } }),
  external_id: (id) => ({ customer: { id } }),
};

const repeated = z.object({ before: z.string(), repeat: z.string(), times: z.number(), after: z.string() });

function readRaw(json: string): string {
  const value: unknown = JSON.parse(json);
  if (typeof value === "string") return value;
  const { before, repeat, times, after } = repeated.parse(value);
  return before + repeat.repeat(times) + after;
}

function readRows(key: string) {
  const file = fileURLToPath(new URL(`vectors/${key}.tsv`, import.meta.url));
  const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [raw = "", context = "", expected = "", hashes = "", source = ""] = line.split("\t");
    const reason = expected.startsWith("!") ? expected.slice(1) : undefined;
    return {
      title: `${raw.slice(0, 60)} in ${context} → ${expected.slice(0, 60)} (${source})`,
      raw: readRaw(raw),
      country: context === "-" ? null : context,
      hashes: reason === undefined ? hashes.split(" ") : undefined,
      reason,
    };
  });
}

const KEYS: readonly Key[] = ["em", "ph", "fn", "ln", "ct", "st", "zp", "country", "external_id"];

function mapKey(key: Key, raw: string, country: string | null) {
  const parsed = parseOrder(JSON.stringify({ id: "1", ...PLACES[key](raw, country) }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return buildConversion(parsed.order, DEFAULT_SETTINGS, { now: 0 });
}

describe.each(KEYS)("%s", (key) => {
  test.each(readRows(key))("$title", ({ raw, country, hashes, reason }) => {
    const conversion = mapKey(key, raw, country);
    expect(conversion.customer[key]).toEqual(hashes);
    const reasons = conversion.dropped.filter((drop) => drop.key === key).map((drop) => drop.reason);
    expect(reasons).toEqual(reason === undefined || reason === "" ? [] : [reason]);
  });
});

test("the tables are as wide as promised", () => {
  const rows = KEYS.flatMap((key) => readRows(key).map((row) => ({ key, ...row })));
  const countries = (key: Key) =>
    new Set(rows.filter((row) => row.key === key).map((row) => row.country)).size;
  expect(rows.length).toBeGreaterThanOrEqual(250);
  expect(countries("ph")).toBeGreaterThanOrEqual(20);
  expect(countries("zp")).toBeGreaterThanOrEqual(20);
});
