import type { ExclusionTrait, SaleKind } from "../../conversions/model.ts";
import { storedKind } from "../../conversions/order/sale-kinds.ts";
import type { ShownPairing } from "../../conversions/shown-pairing.ts";
import { sayText } from "../../texts/texts.ts";

/** The catalogue's names for the states and reasons that the code knows (`app/texts/en/reasons.json`). */

type Tone = "success" | "attention" | "critical" | "warning" | "info" | undefined;

export interface Label {
  readonly text: string;
  readonly tone: Tone;
}

const DELIVERY = {
  delivered: "success",
  waiting: "info",
  due: "info",
  leased: "info",
  retrying: "attention",
  held: "warning",
  paused: "warning",
  dead: "critical",
  skipped: undefined,
  none: undefined,
} as const satisfies Readonly<Record<string, Tone>>;

export function deliveryLabel(state: string): Label {
  return isKeyOf(DELIVERY, state)
    ? { text: sayText({ key: `reasons.delivery.${state}` }), tone: DELIVERY[state] }
    : { text: state, tone: undefined };
}

const PAIRING = {
  paired: { name: "paired", tone: "success" },
  server_only: { name: "serverOnly", tone: "info" },
  browser_only: { name: "browserOnly", tone: "attention" },
  mismatched: { name: "mismatched", tone: "critical" },
  pending: { name: "pending", tone: undefined },
  no_copies: { name: "noCopies", tone: undefined },
  no_browser: { name: "noBrowser", tone: undefined },
} as const satisfies Readonly<Record<ShownPairing, { readonly name: string; readonly tone: Tone }>>;

export function pairingLabel(pairing: ShownPairing): Label {
  const { name, tone } = PAIRING[pairing];
  return { text: sayText({ key: `reasons.pairing.${name}` }), tone };
}

const KINDS = {
  web: "web",
  subscription_first: "subscriptionFirst",
  subscription_renewal: "subscriptionRenewal",
  headless: "headless",
  draft: "draft",
  pos: "pos",
  import: "import",
  other: "other",
} as const satisfies Readonly<Record<SaleKind, string>>;

/** The kind of a sale as the database has it, whichever version wrote it. */
export function sourceName(stored: string): string {
  return sayText({ key: `reasons.kind.${KINDS[storedKind(stored)]}` });
}

/** What a merchant's rule goes by. */
export function traitName(by: ExclusionTrait): string {
  return sayText({ key: `reasons.trait.${by}` });
}

interface Reason {
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

const KEYS = {
  em: "em",
  ph: "ph",
  fn: "fn",
  ln: "ln",
  ct: "ct",
  st: "st",
  zp: "zp",
  country: "country",
  external_id: "externalId",
  fbp: "fbp",
  fbc: "fbc",
  client_ip_address: "clientIpAddress",
  client_user_agent: "clientUserAgent",
} as const;

/** How many kinds of customer information a purchase can carry. */
export const CUSTOMER_DETAILS = Object.keys(KEYS).length;

export function keyName(key: string): string {
  return isKeyOf(KEYS, key) ? sayText({ key: `reasons.customer.${KEYS[key]}` }) : key;
}

function isKeyOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}
