import { sayText } from "./texts.ts";

/** Why something was not sent, in the catalogue's words (`reasons.skip`, `reasons.error`). */

export interface Reason {
  readonly short: string;
  readonly long: string;
}

const SKIP_REASONS = {
  test_order: "testOrder",
  source_off: "sourceOff",
  excluded_by_rule: "excludedByRule",
  no_value: "noValue",
  no_time: "noTime",
  refused: "unreadable",
  no_consent: "noConsent",
  thin_identity: "thinIdentity",
  too_old: "tooOld",
  paused: "paused",
  disconnected: "disconnected",
  redacted: "redacted",
  uninstalled: "uninstalled",
  browser_copy_counted: "browserCopyCounted",
  before_dataset: "beforeDataset",
} as const;

export const SKIP_REASON_NAMES: readonly string[] = Object.keys(SKIP_REASONS);

const CONSENT_REASONS = { consent_refused: "consentRefused", no_consent: "consentMissing" } as const;

/**
 * Why a delivery was not sent.
 * @param consentReason what the conversion keeps of a purchase without consent: whether it was refused or only missing
 */
export function skipReason(reason: string, consentReason: string | null = null): Reason {
  if (!isKeyOf(SKIP_REASONS, reason))
    return { short: reason.replaceAll("_", " "), long: reason.replaceAll("_", " ") };
  const name =
    reason === "no_consent" && consentReason !== null && isKeyOf(CONSENT_REASONS, consentReason)
      ? CONSENT_REASONS[consentReason]
      : SKIP_REASONS[reason];
  return {
    short: sayText({ key: `reasons.skip.${name}.short` }),
    long: sayText({ key: `reasons.skip.${name}.long` }),
  };
}

const CLASSES = [
  "transient",
  "throttled",
  "credential",
  "permission",
  "configuration",
  "payload",
  "unknown",
] as const;

export function errorClass(name: string): Reason {
  const known = CLASSES.find((each) => each === name);
  return known === undefined
    ? { short: name, long: name }
    : {
        short: sayText({ key: `reasons.error.${known}.short` }),
        long: sayText({ key: `reasons.error.${known}.long` }),
      };
}

/** Why an event of the funnel was given up: by the class of Meta's answer, or by what kept it from being sent. */
export function refusal(name: string): Reason {
  return isKeyOf(SKIP_REASONS, name) ? skipReason(name) : errorClass(name);
}

function isKeyOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}
