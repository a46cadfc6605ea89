import { describe, expect, test } from "vitest";
import { buildConversion } from "../build-conversion.ts";
import { buildServerEvent } from "../../meta/build-server-event.ts";
import { readCustomerKind } from "./customer-kind.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import type { BrowserReport, CustomerKind } from "../model.ts";
import type { ConversionSettings } from "../settings/settings.ts";
import { parseOrderValue } from "../order/parse-order.ts";

const PAID = Date.parse("2026-06-15T12:00:00Z");
const ORDER = {
  ...{ id: "6100000000500", order_number: 1001, source_name: "web", checkout_token: "token" },
  ...{ created_at: "2026-06-15T11:59:50Z", processed_at: "2026-06-15T11:59:50Z" },
  ...{ updated_at: "2026-06-15T12:00:00Z", currency: "USD", current_total_price: "20.00" },
  ...{ email: "buyer@example.com", shipping_address: { country_code: "US" } },
};

function facts(change: Record<string, unknown>) {
  const parsed = parseOrderValue({ ...ORDER, ...change });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.order;
}

describe("what the order's own customer says", () => {
  test.each<[string, Record<string, unknown> | null, CustomerKind | undefined]>([
    ["nobody", null, undefined],
    ["a customer as webhooks have had since 2025-01", { id: 1 }, undefined],
    ["no order yet", { orders_count: 0 }, "new"],
    ["one order: this one, or one before it", { orders_count: 1 }, undefined],
    ["two orders: one of them is another", { orders_count: 2 }, "returning"],
    ["the last order is this one, the only one", { orders_count: 1, last_order_id: 6100000000500 }, "new"],
    ["the last order is this one of several", { orders_count: 4, last_order_id: 6100000000500 }, "returning"],
    ["the last order is an earlier one", { orders_count: 1, last_order_id: 6100000000499 }, "returning"],
    ["a later order is counted already", { orders_count: 2, last_order_id: 6100000000501 }, undefined],
    ["the last order without a count", { last_order_id: 6100000000500 }, undefined],
    ["a count as text", { orders_count: "3" }, "returning"],
    ["an unreadable count", { orders_count: -1 }, undefined],
    ["an unreadable last order", { orders_count: 0, last_order_id: "x" }, "new"],
  ])("%s", (_title, customer, expected) => {
    expect(readCustomerKind(facts({ customer }))).toBe(expected);
  });

  test("a count that was read long after the order may hold later orders", () => {
    const order = facts({ customer: { orders_count: 2 }, created_at: "2026-06-12T09:00:00Z" });
    expect(readCustomerKind(order)).toBeUndefined();
  });
});

describe("the server copy", () => {
  const send = (
    input: {
      readonly order?: Record<string, unknown>;
      readonly report?: Partial<BrowserReport>;
      readonly settings?: Partial<ConversionSettings>;
      readonly fixed?: CustomerKind | null;
    } = {},
  ) => {
    const settings = { ...DEFAULT_SETTINGS, ...input.settings };
    const conversion = buildConversion(facts(input.order ?? {}), settings, { now: PAID });
    const report = input.report && { checkoutToken: "token", consent: { marketing: true }, ...input.report };
    const outcome = buildServerEvent(conversion, report ?? null, {
      now: PAID,
      ...(input.fixed !== undefined && { customerKind: input.fixed }),
    });
    if (outcome.kind !== "event") throw new Error(outcome.reason);
    return outcome;
  };
  const segment = (input: Parameters<typeof send>[0]) => send(input).event.custom_data.customer_segmentation;
  const KNOWN = { customer: { orders_count: 5 } };

  test.each<[string, Parameters<typeof send>[0], string | undefined]>([
    ["not known", {}, undefined],
    ["the browser's word: first order", { report: { isFirstOrder: true } }, "new_customer_to_business"],
    [
      "the browser's word: not the first",
      { report: { isFirstOrder: false } },
      "existing_customer_to_business",
    ],
    ["the order's word", { order: KNOWN }, "existing_customer_to_business"],
    [
      "the browser's before the order's",
      { order: KNOWN, report: { isFirstOrder: true } },
      "new_customer_to_business",
    ],
    [
      "the order's where the browser knows nothing",
      { order: KNOWN, report: {} },
      "existing_customer_to_business",
    ],
    ["switched off", { order: KNOWN, settings: { customerSegmentation: false } }, undefined],
    [
      "switched off, whatever the browser says",
      { report: { isFirstOrder: true }, settings: { customerSegmentation: false } },
      undefined,
    ],
    [
      "a report of a source without a buyer's browser counts for nothing",
      { order: { source_name: "pos" }, report: { isFirstOrder: true } },
      undefined,
    ],
    [
      "given to both copies before",
      { report: { isFirstOrder: true }, fixed: "returning" },
      "existing_customer_to_business",
    ],
    ["not known when the first copy left", { report: { isFirstOrder: true }, fixed: null }, undefined],
  ])("%s", (_title, input, expected) => {
    expect(segment(input)).toBe(expected);
  });

  test("says where it is from, and stands inside custom_data alone", () => {
    const { event, provenance } = send({ report: { isFirstOrder: true } });
    expect(provenance).toContainEqual({ key: "customer_segmentation", from: "report.isFirstOrder" });
    expect("customer_segmentation" in event).toBe(false);
  });

  test("an order that an older version stored says nothing", () => {
    const { segmentation: _, ...old } = buildConversion(facts(KNOWN), DEFAULT_SETTINGS, { now: PAID });
    const outcome = buildServerEvent(old, null, { now: PAID, customerKind: "new" });
    expect(outcome.kind === "event" && outcome.event.custom_data).not.toHaveProperty("customer_segmentation");
  });
});
