import { describe, expect, test } from "vitest";
import { runFieldCase } from "./run-field-case.ts";

describe("money of orders from the field", () => {
  test("13: goods only holds neither duties nor a tip", () => {
    expect(
      runFieldCase("13_goods_only_with_duty_and_tip.json", { settings: "13_settings.json" }),
    ).toMatchObject({
      custom_data: { value: 20, currency: "USD", num_items: 1, contents: [{ item_price: 20, quantity: 1 }] },
    });
  });

  test("19: tax without a presentment amount is the plain one, where the buyer paid in the shop's currency", () => {
    expect(
      runFieldCase("19_presentment_set_missing_tax.json", { settings: "19_settings.json" }),
    ).toMatchObject({ custom_data: { value: 20, currency: "USD" } });
  });
});
