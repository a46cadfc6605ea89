import { describe, expect, it } from "vitest";

import { funnelFigures } from "./funnel-figures.ts";
import { coverFunnelKeys } from "./key-coverage.ts";
import type { TallyRow } from "./read-tallies.server.ts";

const row = (label: string, count: number, change: Partial<TallyRow> = {}): TallyRow => ({
  datasetId: 7n,
  day: "2026-03-10",
  metric: "funnel",
  label,
  count,
  currency: "",
  amount: 0,
  ...change,
});

/** 100 taken in: 60 paired, 25 recovered, 5 browser only, 2 neither, so 8 are on their way. */
const ROWS: readonly TallyRow[] = [
  row("ViewContent:taken", 70, { currency: "EUR", amount: 700 }),
  row("ViewContent:taken", 30, { currency: "USD", amount: 90, day: "2026-03-11" }),
  row("ViewContent:sent", 70),
  row("ViewContent:blocked", 27),
  row("ViewContent:failed", 3),
  row("ViewContent:paired", 60),
  row("ViewContent:server_only", 25, { day: "2026-03-11" }),
  row("ViewContent:browser_only", 5),
  row("ViewContent:neither", 2),
  row("ViewContent:dead:payload", 5),
  row("ViewContent:dead:thin_identity", 2),
  row("ViewContent:shed", 11, { datasetId: 0n }),
  row("AddToCart:taken", 999),
  row("ViewContent:taken", 999, { datasetId: 8n }),
  row("ViewContentLater:taken", 999),
];
const DAYS = ["2026-03-09", "2026-03-10", "2026-03-11"];

describe("the figures of one event", () => {
  const figures = funnelFigures(ROWS, "ViewContent", 7n, DAYS);

  it("are those of its own labels at the dataset, and of what the app gave up at all", () => {
    expect(figures).toMatchObject({
      taken: {
        count: 100,
        worth: [
          { currency: "EUR", amount: 700 },
          { currency: "USD", amount: 90 },
        ],
      },
      browser: { sent: 70, blocked: 27, failed: 3 },
      copies: { paired: 60, serverOnly: 25, browserOnly: 5, neither: 2 },
      open: 8,
      delivered: 85,
      settled: 92,
      shed: 11,
    });
  });

  it("name the reasons of refusals, the most frequent first, and their share of what is settled", () => {
    expect(figures.refused).toEqual([
      { class: "payload", count: 5 },
      { class: "thin_identity", count: 2 },
    ]);
    expect(figures.errorShare).toBeCloseTo(7 / 92);
  });

  it("are split by day, days without events too", () => {
    expect(figures.byDay).toEqual([
      { day: "2026-03-09", paired: 0, serverOnly: 0, browserOnly: 0, neither: 0, open: 0 },
      { day: "2026-03-10", paired: 60, serverOnly: 0, browserOnly: 5, neither: 2, open: 3 },
      { day: "2026-03-11", paired: 0, serverOnly: 25, browserOnly: 0, neither: 0, open: 5 },
    ]);
  });

  it("have no rate of fewer than 20", () => {
    const few = [row("Search:paired", 18), row("Search:neither", 1), row("Search:dead:payload", 1)];
    expect(funnelFigures(few, "Search", 7n, []).errorShare).toBeNull();
  });
});

it("covers keys by the server copies that Meta took", () => {
  const keys = [
    row("ViewContent:fbp", 68, { metric: "funnel_key" }),
    row("ViewContent:em", 17, { metric: "funnel_key" }),
    row("AddToCart:em", 85, { metric: "funnel_key" }),
    row("ViewContent:em", 85, { metric: "funnel_key", datasetId: 8n }),
  ];
  const covered = coverFunnelKeys(keys, "ViewContent", 7n, 85, [{ identifier: "email", percentage: 18 }]);
  expect(covered.find(({ key }) => key === "em")).toEqual({
    key: "em",
    ours: 0.2,
    sent: { carried: 17, all: 85 },
    metas: 0.18,
  });
  expect(covered.find(({ key }) => key === "fbp")?.ours).toBe(0.8);
});
