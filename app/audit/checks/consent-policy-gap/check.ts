import { needsRecordedConsent } from "../../../conversions/consent/consent-regions.ts";
import { type Check, failsFor, HOLDS, notKnown } from "../../check.ts";
import { realOrders } from "../../facts/choose-orders.ts";

/** Buyers of countries whose law asks for consent, where the store's own settings ask nobody. */
export const consentPolicyGap: Check = {
  code: "consentPolicyGap",
  area: "sender",
  severity: "high",
  source: "Tandem",
  threshold:
    "at least 10 orders of 28 days from the EEA, the UK or Switzerland, from countries where Shopify asks nobody",
  fromFiles: false,
  mend: { url: "https://admin.shopify.com/settings/customer-privacy", name: "audit.mend.privacySettings" },
  judge: ({ store, orders }) => {
    if (!store) return notKnown("not_in_files");
    if (store.consentCountries === null) return notKnown("not_told");
    const asked = new Set(store.consentCountries);
    const gap = realOrders(orders.list).filter(
      ({ country }) =>
        country !== null && country !== "EU" && needsRecordedConsent(country) && !asked.has(country),
    );
    if (gap.length < 10) return HOLDS;
    const countries = [...new Set(gap.map(({ country }) => country ?? ""))].sort().join(", ");
    return failsFor(gap, { severity: "high", certainty: "proven", values: { countries } });
  },
};
