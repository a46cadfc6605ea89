const PURPOSES = ["marketing", "analytics", "preferences", "sale_of_data"] as const;
/** A visitor's choice per purpose: "yes", "no", or "" where nothing was chosen. */
type Choice = Record<(typeof PURPOSES)[number], string>;

const COOKIE = "_tracking_consent";

/** Value of a cookie of the page, decoded; "" where there is none. */
export function cookieValue(name: string): string {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return decodeURIComponent(pair?.slice(name.length + 1) ?? "");
}

const readChoice = (): Choice => ({
  marketing: "",
  analytics: "",
  preferences: "",
  sale_of_data: "",
  ...(JSON.parse(cookieValue(COOKIE) || "{}") as Partial<Choice>),
});

/**
 * The four answers, named as web pixels have them. Where consent must be asked for (EU) silence means no; elsewhere, and to
 * the sale of data, it means yes.
 */
export function privacyNow(region: string) {
  const choice = readChoice();
  const allowed = (answer: string): boolean => (answer === "" ? region !== "eu" : answer === "yes");
  return {
    analyticsProcessingAllowed: allowed(choice.analytics),
    marketingAllowed: allowed(choice.marketing),
    preferencesProcessingAllowed: allowed(choice.preferences),
    saleOfDataAllowed: choice.sale_of_data !== "no",
  };
}
export type Privacy = Readonly<ReturnType<typeof privacyNow>>;

/** Shopify.customerPrivacy of the Customer Privacy API, as far as banner and app use it. */
export function customerPrivacyApi(region: string) {
  const state = (): Privacy => privacyNow(region);
  return {
    marketingAllowed: () => state().marketingAllowed,
    analyticsProcessingAllowed: () => state().analyticsProcessingAllowed,
    preferencesProcessingAllowed: () => state().preferencesProcessingAllowed,
    saleOfDataAllowed: () => state().saleOfDataAllowed,
    currentVisitorConsent: readChoice,
    shouldShowBanner: () => region === "eu" && readChoice().marketing === "",
    setTrackingConsent: (given: Partial<Record<keyof Choice, boolean>>) => {
      const choice = readChoice();
      for (const purpose of PURPOSES) {
        const answer = given[purpose];
        if (answer !== undefined) choice[purpose] = answer ? "yes" : "no";
      }
      const text = encodeURIComponent(JSON.stringify(choice));
      document.cookie = `${COOKIE}=${text}; path=/; max-age=31536000; samesite=lax`;
      const now = state();
      const detail = {
        marketingAllowed: now.marketingAllowed,
        analyticsAllowed: now.analyticsProcessingAllowed,
        preferencesAllowed: now.preferencesProcessingAllowed,
        saleOfDataAllowed: now.saleOfDataAllowed,
      };
      document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
    },
  };
}
