import { expect, test } from "vitest";
import type { SaleKind } from "../model.ts";
import {
  SALE_KINDS,
  actionSourceOf,
  awaitsBrowserReport,
  canHaveBrowserReport,
  hasBrowserCopy,
  isBuyersBrowser,
  storedKind,
  storedNamesOf,
  switchOf,
} from "./sale-kinds.ts";

const WITH = { checkoutToken: "c-token" };
const WITHOUT = {};

/** Kind, switch, action_source; whose client details with and without checkout; report possible; waits for it. */
test.each<readonly [SaleKind, string, string, boolean, boolean, boolean, boolean]>([
  ["web", "web", "website", true, true, true, true],
  ["subscription_first", "web", "website", true, false, true, true],
  ["headless", "other", "other", false, false, true, true],
  ["draft", "draft", "other", false, false, true, true],
  ["pos", "pos", "physical_store", false, false, false, false],
  ["subscription_renewal", "subscription", "system_generated", false, false, false, false],
  ["import", "other", "other", false, false, false, false],
  ["other", "other", "other", false, false, false, false],
])("%s: switch %s, action source %s", (kind, source, actionSource, buyers, buyersWithout, report, waits) => {
  expect({
    source: switchOf(kind),
    actionSource: actionSourceOf(kind),
    buyers: isBuyersBrowser(kind, WITH),
    buyersWithout: isBuyersBrowser(kind, WITHOUT),
    report: canHaveBrowserReport(kind),
    waits: awaitsBrowserReport(kind, WITH),
    waitsWithout: awaitsBrowserReport(kind, WITHOUT),
  }).toStrictEqual({ source, actionSource, buyers, buyersWithout, report, waits, waitsWithout: false });
});

test("a browser copy is the rule only for what is bought in the online store", () => {
  expect(SALE_KINDS.filter(hasBrowserCopy)).toStrictEqual(["web", "subscription_first"]);
});

test("what earlier versions stored is still known", () => {
  expect(storedKind("subscription")).toBe("subscription_renewal");
  expect(storedNamesOf("subscription_renewal")).toStrictEqual(["subscription_renewal", "subscription"]);
  expect(storedKind("something of a later version")).toBe("other");
  for (const kind of SALE_KINDS) expect(storedKind(kind)).toBe(kind);
});
