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
