import type { ConsentPolicy } from "../conversions/model.ts";
import type { Text, TextKey } from "../texts/texts.ts";
import "../texts/areas/verdicts.ts";

/** Why a delivery was skipped, with all that the conversion still knows of it. */
export interface Skip {
  readonly reason: string;
  /** The merchant's rule that left it out. */
  readonly rule: string | null;
  /** Name of the kind of sale. */
  readonly kind: string;
  readonly consent: ConsentFacts | null;
}

/** What decided about a purchase without consent. */
export interface ConsentFacts {
  /** `refused_*`: where the refusal came from; `unasked`: a browser told, and had no answer; `unheard`: nobody told. */
  readonly answer: "refused_browser" | "refused_cart" | "refused" | "unasked" | "unheard" | "unknown";
  /** The setting when the order came in; null = no longer kept. */
  readonly policy: ConsentPolicy | null;
  /** Name of the buyer's country, "EU" where only the euro tells; null = not known. */
  readonly country: string | null;
}

export interface SkipExplanation {
  readonly text: readonly Text[];
  readonly setting?: { readonly url: string; readonly name: Text };
}

/** One true reason, the country where it decided, and the setting that did. Pure. */
export function explainSkip(skip: Skip): SkipExplanation {
  switch (skip.reason) {
    case "no_consent":
      return explainConsent(skip.consent);
    case "source_off":
      return {
        text: [{ key: "verdicts.skip.sourceOff", values: { kind: skip.kind } }],
        setting: { url: "/app/settings#sources", name: { key: "verdicts.setting.orders" } },
      };
    case "excluded_by_rule":
      return {
        text: [
          skip.rule === null
            ? { key: "reasons.skip.excludedByRule.long" }
            : { key: "verdicts.skip.rule", values: { rule: skip.rule } },
        ],
        setting: { url: "/app/settings#sources", name: { key: "verdicts.setting.rules" } },
      };
    default: {
      const key = OTHERS[skip.reason];
      return { text: key ? [{ key }] : [] };
    }
  }
}

const OTHERS: Readonly<Record<string, TextKey>> = {
  test_order: "reasons.skip.testOrder.long",
  no_value: "reasons.skip.noValue.long",
  no_time: "reasons.skip.noTime.long",
  refused: "reasons.skip.unreadable.long",
  thin_identity: "reasons.skip.thinIdentity.long",
  too_old: "reasons.skip.tooOld.long",
  paused: "reasons.skip.paused.long",
  disconnected: "reasons.skip.disconnected.long",
  redacted: "reasons.skip.redacted.long",
  uninstalled: "reasons.skip.uninstalled.long",
  browser_copy_counted: "reasons.skip.browserCopyCounted.long",
  before_dataset: "reasons.skip.beforeDataset.long",
};

const ANSWERS = {
  refused_browser: "verdicts.consent.refusedBrowser",
  refused_cart: "verdicts.consent.refusedCart",
  refused: "verdicts.consent.refused",
  unasked: "verdicts.consent.unasked",
  unheard: "verdicts.consent.unheard",
} as const;

function explainConsent(facts: ConsentFacts | null): SkipExplanation {
  if (facts === null || facts.answer === "unknown") return { text: [{ key: "reasons.skip.noConsent.long" }] };
  const { answer, policy, country } = facts;
  const isRefused = answer.startsWith("refused");
  const place: Text[] =
    country === null
      ? []
      : country === "EU"
        ? [{ key: "verdicts.consent.countryEuro" }]
        : [{ key: "verdicts.consent.country", values: { country } }];
  const rule: Text = isRefused
    ? { key: "verdicts.consent.always" }
    : policy === "strict"
      ? { key: "verdicts.consent.strict" }
      : policy === "regional" && country !== null
        ? { key: "verdicts.consent.regional" }
        : { key: "verdicts.consent.needed" };
  return {
    text: [{ key: ANSWERS[answer] }, ...place, rule],
    setting: {
      url: "/app/settings#consent",
      name: { key: isRefused || policy === null ? "verdicts.setting.consent" : `verdicts.setting.${policy}` },
    },
  };
}
