import { expect, it } from "vitest";

import type { StoreSettings } from "../../conversions/settings/settings.ts";
import { sayText } from "../../texts/texts.ts";
import { policyFactsOf, writePolicyText, type PolicyFacts } from "./policy-text.ts";

const STORE: PolicyFacts = {
  consentPolicy: "regional",
  hasVisits: true,
  retentionDays: 45,
  operator: "Example Ltd, 1 Example Street, Dublin",
};
const written = (facts: Partial<PolicyFacts>) => writePolicyText({ ...STORE, ...facts }, sayText);

it("says the store's own time and who runs Tandem", () => {
  const text = written({});
  expect(text).toContain("what else was reported after 45 days");
  expect(text).toContain("run by Example Ltd, 1 Example Street, Dublin, does this for us as our processor");
  expect(text.split("\n\n")).toHaveLength(7);
  expect(text).not.toContain("{{");
});

it.each([
  [
    "strict",
    "only after you agreed to marketing in our cookie banner.",
    /European Economic Area|unless you refused/,
  ],
  [
    "regional",
    "In the European Economic Area, the United Kingdom and Switzerland",
    /We report a purchase (only|unless)/,
  ],
  ["merchant", "We report a purchase unless you refused marketing", /only after you agreed/],
] as const)("says what the consent policy %s does, and nothing else", (consentPolicy, said, unsaid) => {
  expect(written({ consentPolicy })).toContain(said);
  expect(written({ consentPolicy })).not.toMatch(unsaid);
});

it("speaks of visits only where any of their events is sent", () => {
  expect(written({ hasVisits: true })).toContain("what you do before you buy");
  expect(written({ hasVisits: false })).not.toContain("before you buy");
});

it("takes a purchase, which is always reported, for no visit", () => {
  const off: StoreSettings["events"] = {
    ...{ PageView: "off", Search: "off", ViewCategory: "off", ViewContent: "off" },
    ...{ AddToCart: "off", AddPaymentInfo: "off", InitiateCheckout: "off", Purchase: "both" },
  };
  const hasVisits = (events: StoreSettings["events"]) =>
    policyFactsOf({ consentPolicy: "strict", retentionDays: 30, events }, null).hasVisits;
  expect(hasVisits(off)).toBe(false);
  expect(hasVisits({ ...off, PageView: "browser" })).toBe(true);
});

it("leaves a place for the operator where nobody is named", () => {
  expect(written({ operator: null })).toContain("run by [name and address of whoever runs Tandem]");
});
