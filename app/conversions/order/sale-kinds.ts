import type { ActionSource, OrderSource, SaleKind } from "../model.ts";

/** What follows from the kind of a sale. Everything that depends on the kind is read from here. */
interface KindRules {
  /** The merchant's switch in the settings (`sources`). */
  readonly switchedBy: OrderSource;
  /** Meta's word for it. */
  readonly actionSource: ActionSource;
  /**
   * Whose browser the order's `client_details` describe: the buyer's always, the buyer's where Shopify's checkout took
   * the order, or somebody else's (staff, a till, an app's server).
   */
  readonly clientIsBuyers: "always" | "with_checkout" | "never";
  /** Whether the buyer's browser passes Shopify's checkout, so that the web pixel can report the order. */
  readonly canBeReported: boolean;
  /** Whether a browser copy is the rule, so that a server copy alone means that the browser's was lost. */
  readonly hasBrowserCopy: boolean;
}

/** docs/decisions/0610; the table in docs/event-mapping.md is this one. */
const RULES: Readonly<Record<SaleKind, KindRules>> = {
  web: {
    switchedBy: "web",
    actionSource: "website",
    clientIsBuyers: "always",
    canBeReported: true,
    hasBrowserCopy: true,
  },
  subscription_first: {
    switchedBy: "web",
    actionSource: "website",
    clientIsBuyers: "with_checkout",
    canBeReported: true,
    hasBrowserCopy: true,
  },
  headless: {
    switchedBy: "other",
    actionSource: "other",
    clientIsBuyers: "never",
    canBeReported: true,
    hasBrowserCopy: false,
  },
  draft: {
    switchedBy: "draft",
    actionSource: "other",
    clientIsBuyers: "never",
    canBeReported: true,
    hasBrowserCopy: false,
  },
  pos: {
    switchedBy: "pos",
    actionSource: "physical_store",
    clientIsBuyers: "never",
    canBeReported: false,
    hasBrowserCopy: false,
  },
  subscription_renewal: {
    switchedBy: "subscription",
    actionSource: "system_generated",
    clientIsBuyers: "never",
    canBeReported: false,
    hasBrowserCopy: false,
  },
  import: {
    switchedBy: "other",
    actionSource: "other",
    clientIsBuyers: "never",
    canBeReported: false,
    hasBrowserCopy: false,
  },
  other: {
    switchedBy: "other",
    actionSource: "other",
    clientIsBuyers: "never",
    canBeReported: false,
    hasBrowserCopy: false,
  },
};

export const SALE_KINDS = Object.keys(RULES).filter(isSaleKind);

/** The kinds whose sales normally have a browser copy as well; the database's tallies hold the same list. */
export const BROWSER_SALE_KINDS = SALE_KINDS.filter((kind) => RULES[kind].hasBrowserCopy);

function isSaleKind(text: string): text is SaleKind {
  return Object.hasOwn(RULES, text);
}

/** Kinds as earlier versions stored them. */
const FORMER_NAMES: Readonly<Record<string, SaleKind>> = { subscription: "subscription_renewal" };

/** A stored kind, whichever version wrote it. Before 0610 `other` held headless orders as well. */
export function storedKind(stored: string): SaleKind {
  return isSaleKind(stored) ? stored : (FORMER_NAMES[stored] ?? "other");
}

/** How a kind may stand in the database: its own name, and the one it had before. */
export function storedNamesOf(kind: SaleKind): readonly string[] {
  return [kind, ...Object.keys(FORMER_NAMES).filter((former) => FORMER_NAMES[former] === kind)];
}

/** The switch in the settings that sends this kind of sale or leaves it out. */
export function switchOf(kind: SaleKind): OrderSource {
  return RULES[kind].switchedBy;
}

/** Meta's word for it (`action_source`). */
export function actionSourceOf(kind: SaleKind): ActionSource {
  return RULES[kind].actionSource;
}

/** Whether the order's own IP address and user agent are the buyer's. */
export function isBuyersBrowser(kind: SaleKind, order: { readonly checkoutToken?: string }): boolean {
  const { clientIsBuyers } = RULES[kind];
  return clientIsBuyers === "always" || (clientIsBuyers === "with_checkout" && hasCheckout(order));
}

/** Whether what a browser reports about such a sale is the buyer's own; elsewhere a report is not used. */
export function canHaveBrowserReport(kind: SaleKind): boolean {
  return RULES[kind].canBeReported;
}

/** Whether a report can still be coming: the web pixel proves itself by the checkout token, so there must be one. */
export function awaitsBrowserReport(kind: SaleKind, order: { readonly checkoutToken?: string }): boolean {
  return RULES[kind].canBeReported && hasCheckout(order);
}

/** Whether a sale of this kind normally has a browser copy; where it has none, nothing was lost. */
export function hasBrowserCopy(kind: SaleKind): boolean {
  return RULES[kind].hasBrowserCopy;
}

function hasCheckout(order: { readonly checkoutToken?: string }): boolean {
  return order.checkoutToken !== undefined;
}
