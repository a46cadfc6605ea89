/** A visitor's choice per purpose: "yes", "no", or "" where nothing was chosen. */
export interface Choice {
  marketing: string;
  analytics: string;
  preferences: string;
  sale_of_data: string;
}

/** The four answers, named as web pixels have them. */
export interface Privacy {
  readonly analyticsProcessingAllowed: boolean;
  readonly marketingAllowed: boolean;
  readonly preferencesProcessingAllowed: boolean;
  readonly saleOfDataAllowed: boolean;
}

const COOKIE = "_tracking_consent";
const NONE: Choice = { marketing: "", analytics: "", preferences: "", sale_of_data: "" };

export function readChoice(): Choice {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${COOKIE}=`));
  if (pair === undefined) return NONE;
  return { ...NONE, ...(JSON.parse(decodeURIComponent(pair.slice(COOKIE.length + 1))) as Partial<Choice>) };
}

function writeChoice(choice: Choice): void {
  document.cookie = `${COOKIE}=${encodeURIComponent(JSON.stringify(choice))}; path=/; max-age=31536000; samesite=lax`;
}

/** Where consent must be asked for (EU) silence means no; elsewhere it means yes. */
export function privacyNow(region: string): Privacy {
  const choice = readChoice();
  const allowed = (answer: string): boolean => (answer === "" ? region !== "eu" : answer === "yes");
  return {
    analyticsProcessingAllowed: allowed(choice.analytics),
    marketingAllowed: allowed(choice.marketing),
    preferencesProcessingAllowed: allowed(choice.preferences),
    saleOfDataAllowed: choice.sale_of_data === "" ? true : choice.sale_of_data === "yes",
  };
}

const word = (value: boolean | string | undefined, before: string): string =>
  value === undefined ? before : value === true || value === "yes" ? "yes" : value === "" ? "" : "no";

/** Shopify.customerPrivacy of the Customer Privacy API, as far as themes, banners and apps use it. */
export function customerPrivacyApi(region: string) {
  const state = (): Privacy => privacyNow(region);
  return {
    marketingAllowed: () => state().marketingAllowed,
    analyticsProcessingAllowed: () => state().analyticsProcessingAllowed,
    preferencesProcessingAllowed: () => state().preferencesProcessingAllowed,
    saleOfDataAllowed: () => state().saleOfDataAllowed,
    userCanBeTracked: () => state().analyticsProcessingAllowed && state().marketingAllowed,
    currentVisitorConsent: readChoice,
    getRegion: () => (region === "eu" ? "DEBE" : "USCA"),
    shouldShowBanner: () => region === "eu" && readChoice().marketing === "",
    setTrackingConsent: (given: Partial<Record<keyof Choice, boolean | string>>, done?: () => void) => {
      const before = readChoice();
      writeChoice({
        marketing: word(given.marketing, before.marketing),
        analytics: word(given.analytics, before.analytics),
        preferences: word(given.preferences, before.preferences),
        sale_of_data: word(given.sale_of_data, before.sale_of_data),
      });
      const now = state();
      document.dispatchEvent(
        new CustomEvent("visitorConsentCollected", {
          detail: {
            marketingAllowed: now.marketingAllowed,
            analyticsAllowed: now.analyticsProcessingAllowed,
            preferencesAllowed: now.preferencesProcessingAllowed,
            saleOfDataAllowed: now.saleOfDataAllowed,
            firstPartyMarketingAllowed: now.marketingAllowed,
            thirdPartyMarketingAllowed: now.marketingAllowed,
          },
        }),
      );
      done?.();
    },
  };
}
