import { readFileSync } from "node:fs";

import type { Random } from "#sandbox/shopify/orders/seeded-random.ts";

import { NASTY } from "./fuzz-corpus.ts";

const FIXTURE = readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8");

/** Values that a parser lets through and a database may not. */
export const ODD: readonly unknown[] = [
  ...NASTY,
  "a\u0000b",
  "\udc00 alone",
  "fb.1.1758805031025.6\u0000",
  "9999-12-31T23:59:59-23:59",
  "0001-01-01T00:00:00Z",
  "99999999999999999999.99",
  "1e308",
  -0.001,
  "9".repeat(400),
];

/** A real order with a few of its fields, at any depth, replaced by something odd; as JSON. ID, times and that it is paid stay. */
export function oddOrder(random: Random, id: string, at: number): string {
  const order = JSON.parse(FIXTURE) as Record<string, unknown>;
  const time = new Date(at).toISOString();
  Object.assign(order, { processed_at: time, created_at: time, updated_at: time });
  const places = placesIn(order);
  for (let times = random.int(1, 6); times > 0; times -= 1) {
    const { parent, key } = random.pick(places);
    parent[key] = random.pick(ODD);
  }
  return JSON.stringify({ ...order, financial_status: "paid", id: "ID" }).replace('"ID"', id);
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesIn(parent[key])]);
}
