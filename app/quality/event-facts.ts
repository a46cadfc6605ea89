import { canHaveBrowserReport, storedKind } from "../conversions/order/sale-kinds.ts";
import { knownChoice } from "../conversions/settings/setting-kinds.ts";
import { STORE_SETTINGS } from "../conversions/settings/settings.ts";
import type { DatasetCopies, Pairing } from "../pairing/decide-pairing.ts";
import type { ConsentFacts } from "./explain-skip.ts";
import type { BrowserStory } from "./judge-event.ts";

interface Report {
  readonly answer: string | null;
  readonly document: unknown;
}

/** Why there is a browser's copy to this dataset or none. Pure. */
export function browserStory(known: {
  readonly source: string;
  readonly pairing: Pairing;
  readonly reports: readonly Report[];
  /** Whether a browser was told to send its copy, and this dataset was among those that it was told. */
  readonly told: "here" | "elsewhere" | "no";
  readonly browser: DatasetCopies["browser"];
}): BrowserStory {
  if (known.told === "here") return known.browser ?? "silent";
  if (known.told === "elsewhere") return "elsewhere";
  // The report is gone, and what was decided from it stays.
  if (["paired", "mismatched", "browser_only"].includes(known.pairing)) return "sent";
  if (!canHaveBrowserReport(storedKind(known.source))) return "no_browser";
  const last = known.reports.at(-1);
  if (!last) return "no_report";
  if (last.answer === null) return "unanswered";
  return last.answer === "awaiting_payment" ? "unpaid" : "refused";
}

/**
 * What decided about consent. Pure.
 * @param nameOf an English name for an ISO code
 */
export function consentFacts(
  conversion: { readonly consentReason: string | null; readonly document: unknown },
  reports: readonly Report[],
  nameOf: (code: string) => string,
): ConsentFacts {
  const kept = record(record(conversion.document)["consent"]);
  const country = kept["country"];
  return {
    answer: answerOf(conversion.consentReason, record(kept["flags"]), reports),
    policy: knownChoice(STORE_SETTINGS.consentPolicy, kept["policy"]) ?? null,
    country: typeof country !== "string" ? null : country === "EU" ? country : nameOf(country),
  };
}

function answerOf(
  reason: string | null,
  cart: Readonly<Record<string, unknown>>,
  reports: readonly Report[],
): ConsentFacts["answer"] {
  if (reason === "no_consent") return reports.length > 0 ? "unasked" : "unheard";
  if (reason !== "consent_refused") return "unknown";
  const said = reports.map((each) => record(record(each.document)["consent"])["marketing"]);
  if (said.includes(false)) return "refused_browser";
  return cart["marketing"] === false ? "refused_cart" : "refused";
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
