/** Which copies of an event are made: none, the browser's alone, or the browser's and the server's. */
export type Copies = "off" | "browser" | "both";

/** One line of the goods; `item_price` in the event's currency. */
export interface EventContent {
  id: string;
  quantity: number;
  item_price?: number;
}

/** Meta's `custom_data`, by Meta's names. Absent where not known; never null, never "". */
export interface EventParameters {
  value?: number;
  /** ISO 4217 */
  currency?: string;
  content_ids?: string[];
  contents?: EventContent[];
  content_type?: "product";
  /** Title of the product or collection, as the shop shows it. */
  content_name?: string;
  content_category?: string;
  num_items?: number;
  search_string?: string;
}

/** What a merchant has chosen, as far as it decides an event's parameters. */
export interface ParameterChoices {
  /** Form of a catalogue ID. */
  readonly contentId: "product" | "variant" | "sku" | "shopify_catalogue";
  /** What of a checkout's price is its value. */
  readonly valueBasis: "total" | "without_tax" | "without_shipping" | "subtotal";
  /** ISO alpha-2 of the catalogue; only `shopify_catalogue` needs it. */
  readonly country: string | undefined;
}

/**
 * One event of the funnel: its name, who makes its copies, what they hold and what it is worth when there is not room for
 * all. A new event is a new file in this folder; `node scripts/list-events.ts` puts it into registry.ts.
 */
export interface EventDeclaration<Name extends string = string> {
  /** Meta's name of the event. */
  readonly name: Name;
  /** No standard event of Meta's: sent as a custom event. */
  readonly isCustom?: true;
  /**
   * Who knows of it: `web_pixel` hears Shopify's event, makes the browser copy and tells the app; `embed` is the script of
   * the storefront page; `orders_paid` is a paid order, whose copies have a way of their own (docs/architecture.md).
   */
  readonly from: "web_pixel" | "embed" | "orders_paid";
  /** Shopify's standard event behind it. Its ID is the event ID of both copies where `from` is `web_pixel`. */
  readonly shopifyEvent?: string;
  /** What a store can choose; a single one is no choice. */
  readonly choices: readonly [Copies, ...Copies[]];
  readonly default: Copies;
  /** Under overload lower numbers are given up first. A Purchase is never given up. */
  readonly priority: number;
  /** Meta's parameters of Shopify's event data; null where it holds nothing that Meta could use. Never throws for any data. */
  readonly parameters?: (data: unknown, choices: ParameterChoices) => EventParameters | null;
}

export function declareEvent<const Name extends string>(
  declaration: EventDeclaration<Name>,
): EventDeclaration<Name> {
  return declaration;
}
