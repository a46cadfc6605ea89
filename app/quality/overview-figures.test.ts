import { describe, expect, it } from "vitest";

import { statusOfDedup } from "./dedup-status.ts";
import { rateErrors } from "./error-rate.ts";
import { coverKeys, coverageDiffers } from "./key-coverage.ts";
import { accountOrders } from "./orders-accounted.ts";
import type { TallyRow } from "./read-tallies.server.ts";

const DAYS = ["2026-03-01", "2026-03-02"];
const row = (
  metric: TallyRow["metric"],
  label: string,
  count: number,
  amount = 0,
  more: Partial<TallyRow> = {},
): TallyRow => ({
  datasetId: metric === "order" || metric === "pairing" ? 0n : 7n,
  day: "2026-03-01",
  metric,
  label,
  count,
  currency: amount === 0 ? "" : "USD",
  amount,
  ...more,
});

const usd = (amount: number) => [{ currency: "USD", amount }];

describe("orders accounted for", () => {
  const rows = [
    row("order", "web", 9, 90),
    row("order", "pos", 1, 10),
    row("delivery", "delivered", 5, 50),
    row("delivery", "skipped:no_consent", 2, 20),
    row("delivery", "open", 1, 10),
    row("delivery", "dead", 1, 10, { day: "2026-03-02" }),
    // Another dataset's deliveries say nothing about this one.
    row("delivery", "delivered", 10, 100, { datasetId: 8n }),
  ];

  it("adds up to what was paid: sent, left out for a reason, on the way, failed, and from before", () => {
    const figures = accountOrders(rows, 7n, DAYS);
    expect(figures.paid).toEqual({ count: 10, worth: usd(100) });
    expect(figures.delivered).toEqual({ count: 5, worth: usd(50) });
    expect(figures.skipped).toEqual([{ reason: "no_consent", count: 2, worth: usd(20) }]);
    expect(figures.open.count).toBe(1);
    expect(figures.failed.count).toBe(1);
    // Ten were paid, nine are known to the dataset: one came before it was connected. 5 + 2 + 1 + 1 + 1 = 10
    expect(figures.beforeDataset).toEqual({ count: 1, worth: usd(10) });
  });

  it("counts test orders where they were left out, and never as money", () => {
    const figures = accountOrders(
      [
        row("order", "web", 3, 30),
        row("order", "test", 2, 500),
        row("delivery", "delivered", 3, 30),
        row("delivery", "skipped:test_order", 2, 500),
      ],
      7n,
      DAYS,
    );
    expect(figures.paid).toEqual({ count: 5, worth: usd(30) });
    expect(figures.beforeDataset).toEqual({ count: 0, worth: [] });
  });

  it("never makes one amount of two currencies", () => {
    // Seen on a dashboard: 8,485 PKR and 162.04 EUR in a store in US dollars were shown as 8,647.04 dollars and more.
    const figures = accountOrders(
      [
        row("order", "web", 1, 10),
        row("order", "draft", 1, 8485, { currency: "PKR" }),
        row("order", "web", 1, 162.04, { currency: "EUR" }),
        row("delivery", "delivered", 1, 162.04, { currency: "EUR" }),
      ],
      7n,
      DAYS,
    );
    expect(figures.paid.worth).toEqual([
      { currency: "EUR", amount: 162.04 },
      { currency: "PKR", amount: 8485 },
      { currency: "USD", amount: 10 },
    ]);
    expect(figures.beforeDataset).toEqual({
      count: 2,
      worth: [
        { currency: "PKR", amount: 8485 },
        { currency: "USD", amount: 10 },
      ],
    });
  });

  it("shows each day, also those without orders", () => {
    expect(accountOrders(rows, 7n, DAYS).byDay).toEqual([
      { day: "2026-03-01", delivered: 5, skipped: 2, open: 1, failed: 0 },
      { day: "2026-03-02", delivered: 0, skipped: 0, open: 0, failed: 1 },
    ]);
  });

  it("puts every order before the dataset where none was ever connected", () => {
    const figures = accountOrders([row("order", "web", 3, 30)], null, DAYS);
    expect(figures.beforeDataset.count).toBe(3);
    expect(figures.delivered.count).toBe(0);
  });
});

describe("error rate", () => {
  it("is the share of requests that failed, with their causes, and of deliveries that failed for good", () => {
    const figures = rateErrors(
      [
        row("attempt", "ok", 95, 400),
        row("attempt", "throttled", 3, 3),
        row("attempt", "transient", 2, 2, { day: "2026-03-02" }),
        row("delivery", "delivered", 99, 0),
        row("delivery", "dead", 1, 0),
        row("delivery", "open", 50, 0),
      ],
      7n,
      DAYS,
    );
    expect(figures.attemptShare).toBe(0.05);
    expect(figures.deliveryShare).toBe(0.01);
    expect(figures.causes).toEqual([
      { class: "throttled", count: 3 },
      { class: "transient", count: 2 },
    ]);
    expect(figures.byDay).toEqual([
      { day: "2026-03-01", attempts: 98, failed: 3 },
      { day: "2026-03-02", attempts: 2, failed: 2 },
    ]);
  });

  it("is not said of fewer than twenty requests or sales", () => {
    const few = rateErrors([row("attempt", "ok", 18), row("attempt", "throttled", 1)], 7n, DAYS);
    expect(few).toMatchObject({ attempts: 19, failedAttempts: 1, attemptShare: null });
    const enough = rateErrors([row("attempt", "ok", 19), row("attempt", "throttled", 1)], 7n, DAYS);
    expect(enough.attemptShare).toBe(0.05);
    expect(rateErrors([row("delivery", "delivered", 3), row("delivery", "dead", 1)], 7n, DAYS)).toMatchObject(
      { failedDeliveries: 1, settled: 4, deliveryShare: null },
    );
  });

  it("is not known while nothing was sent, and never 0 then", () => {
    const figures = rateErrors([row("delivery", "open", 5)], 7n, DAYS);
    expect(figures.attemptShare).toBeNull();
    expect(figures.deliveryShare).toBeNull();
  });
});

describe("deduplication", () => {
  it("is the share of online orders whose copies met, among those that are decided", () => {
    const figures = statusOfDedup(
      [
        row("pairing", "web:paired", 16, 160),
        row("pairing", "web:server_only", 4, 50),
        row("pairing", "web:pending", 5, 50),
        row("pairing", "other:server_only", 4, 40),
      ],
      DAYS,
    );
    expect(figures.rate).toBe(0.8);
    expect(figures.serverOnly).toEqual({ count: 4, worth: usd(50) });
    expect(figures.withoutBrowser.count).toBe(4);
  });

  it("is no share while fewer than 20 are decided", () => {
    const few = [row("pairing", "web:paired", 18), row("pairing", "web:mismatched", 1)];
    expect(statusOfDedup(few, DAYS)).toMatchObject({ decided: 19, rate: null });
    expect(statusOfDedup([...few, row("pairing", "web:server_only", 1)], DAYS).rate).toBe(0.9);
  });

  it("is not known while every pairing is open", () => {
    expect(statusOfDedup([row("pairing", "web:pending", 5)], DAYS).rate).toBeNull();
  });
});

describe("coverage of customer information", () => {
  it("sets what we sent beside what Meta saw, under Meta's different names", () => {
    const keys = coverKeys([row("delivery", "delivered", 4), row("key", "em", 4), row("key", "fbc", 1)], 7n, [
      { identifier: "email", percentage: 97.5 },
      { identifier: "ip_address", percentage: 50 },
    ]);
    const of = (key: string) => keys.find((each) => each.key === key);
    expect(of("em")).toEqual({ key: "em", ours: 1, sent: { carried: 4, all: 4 }, metas: 0.975 });
    expect(of("fbc")).toEqual({ key: "fbc", ours: 0.25, sent: { carried: 1, all: 4 }, metas: null });
    expect(of("client_ip_address")).toMatchObject({ ours: 0, metas: 0.5 });
    expect(keys.filter(coverageDiffers).map((each) => each.key)).toEqual(["client_ip_address"]);
  });

  it("does not know ours while nothing was delivered", () => {
    expect(coverKeys([], 7n, []).every((each) => each.ours === null && each.metas === null)).toBe(true);
  });
});
