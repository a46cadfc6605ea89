import { describe, expect, test } from "vitest";
import { actionSourceOf, readOrderSource } from "./order-source.ts";

describe("source_name → source → action_source", () => {
  test.each([
    ["web", undefined, "web", "website"],
    ["WEB ", undefined, "web", "website"],
    ["580111", undefined, "web", "website"],
    ["pos", undefined, "pos", "physical_store"],
    ["shopify_draft_order", "1354745", "draft", "other"],
    ["subscription_contract", undefined, "subscription", "system_generated"],
    ["subscription_contract_checkout_one", "580111", "subscription", "system_generated"],
    ["iphone", undefined, "other", "other"],
    ["android", undefined, "other", "other"],
    ["3890849", undefined, "other", "other"],
    ["my-importer", "580111", "other", "other"],
    [undefined, "1354745", "draft", "other"],
    [undefined, "129785", "pos", "physical_store"],
    [undefined, undefined, "other", "other"],
  ])("%s (app %s) → %s → %s", (sourceName, appId, source, actionSource) => {
    const read = readOrderSource({
      ...(sourceName !== undefined && { sourceName }),
      ...(appId !== undefined && { appId }),
    });
    expect([read, actionSourceOf(read)]).toStrictEqual([source, actionSource]);
  });
});
