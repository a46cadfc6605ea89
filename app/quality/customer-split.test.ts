import { expect, it } from "vitest";

import { splitCustomers } from "./customer-split.ts";
import type { TallyRow } from "./read-tallies.server.ts";

const row = (metric: TallyRow["metric"], label: string, count: number, amount: number): TallyRow => ({
  datasetId: 0n,
  day: "2026-06-15",
  metric,
  label,
  count,
  currency: "USD",
  amount,
});

const sum = (count: number, amount: number) => ({ count, worth: [{ currency: "USD", amount }] });

it("adds up to all paid orders, and what nobody told is not known", () => {
  const rows = [
    row("order", "web", 6, 600),
    row("order", "pos", 2, 50),
    row("customer", "new", 1, 100),
    row("customer", "returning", 3, 300),
    row("pairing", "web:paired", 6, 600),
    // A test order of Shopify's is no sale.
    row("order", "test", 5, 500),
  ];
  expect(splitCustomers(rows)).toEqual({
    all: sum(8, 650),
    new: sum(1, 100),
    returning: sum(3, 300),
    unknown: sum(4, 250),
    newShare: 0.25,
  });
});

it("has no share while nobody told", () => {
  expect(splitCustomers([row("order", "web", 2, 20)])).toMatchObject({
    newShare: null,
    unknown: sum(2, 20),
  });
  expect(splitCustomers([])).toMatchObject({ newShare: null, all: { count: 0 }, unknown: { count: 0 } });
});
