import { purchase } from "../../../extensions/contract/events/purchase.ts";
import type { StoreSettings } from "../../conversions/settings/settings.ts";
import type { Text } from "../../texts/texts.ts";
import "../../texts/areas/onboarding.ts";

/** What of a store its privacy policy depends on. */
export interface PolicyFacts {
  readonly consentPolicy: StoreSettings["consentPolicy"];
  /** Any event of a visit is sent. */
  readonly hasVisits: boolean;
  readonly retentionDays: number;
  /** Name and address of whoever runs Tandem; null where it is not said. */
  readonly operator: string | null;
}

/** @param operator name and address of whoever runs Tandem, where it is said */
export function policyFactsOf(
  { consentPolicy, events, retentionDays }: Pick<StoreSettings, "consentPolicy" | "events" | "retentionDays">,
  operator: string | null,
): PolicyFacts {
  const visits = Object.entries(events).filter(([name]) => name !== purchase.name);
  return {
    consentPolicy,
    hasVisits: visits.some(([, copies]) => copies !== "off"),
    retentionDays,
    operator,
  };
}

/** A draft for the merchant's own privacy policy, a paragraph after the other. Pure. */
export function writePolicyText(facts: PolicyFacts, say: (text: Text) => string): string {
  const operator = facts.operator ?? say({ key: "onboarding.draft.operator" });
  const paragraphs: readonly Text[] = [
    { key: "onboarding.draft.purpose" },
    { key: `onboarding.draft.${facts.consentPolicy}` },
    { key: "onboarding.draft.data" },
    ...(facts.hasVisits ? [{ key: "onboarding.draft.visits" } as const] : []),
    { key: "onboarding.draft.processor", values: { operator, days: facts.retentionDays } },
    { key: "onboarding.draft.meta" },
    { key: "onboarding.draft.basis" },
  ];
  return paragraphs.map(say).join("\n\n");
}
