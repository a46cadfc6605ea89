/** One line of the order as Meta wants it; `item_price` is in the order's currency. */
export interface ContentLine {
  id: string;
  quantity: number;
  item_price: number;
}

/** The server's permission to fire: everything the browser copy must share with the server copy. */
export interface FireAnswer {
  fire: true;
  /** Opaque; handed back with the outcome. */
  ticket: string;
  eventId: string;
  /** Unix seconds, the same as in the server copy. */
  eventTime: number;
  value: number;
  /** ISO 4217. */
  currency: string;
  orderId: string;
  contents?: ContentLine[];
  contentIds?: string[];
  contentType?: string;
  numItems?: number;
  /**
   * Meta's name for a new or a returning customer: in the browser a list of one, as Shopify's own channel passes it.
   * Absent where the app does not know or does not tell.
   */
  customerSegmentation?: string[];
  datasets: string[];
  /** Limited Data Use: Meta's country and state codes. */
  limit?: { country: number; state: number };
  /** Identifiers and page of the server copy, cleaned; where it is there, nothing else is sent in their place. */
  shared?: { fbp?: string; fbc?: string; page?: string };
}

/**
 * The order to fire, if the app gave one. Its refusals (`awaiting_payment`, `no_consent`, `already_reported`, …) and
 * anything that is not a whole answer are null: an ID, a value or a dataset that is missing or malformed must lead to no
 * browser copy, never to one that differs from the server copy.
 */
export function readFireAnswer(body: unknown): FireAnswer | null {
  const answer = (body ?? {}) as Record<string, unknown>;
  const { datasets } = answer;
  const isText = (value: unknown) => !!value && typeof value === "string";
  const whole =
    answer["fire"] === true &&
    ["ticket", "eventId", "currency", "orderId"].every((key) => isText(answer[key])) &&
    ["eventTime", "value"].every((key) => Number.isFinite(answer[key])) &&
    Array.isArray(datasets) &&
    datasets.length > 0 &&
    datasets.every((id) => isText(id) && /^\d+$/.test(id as string));
  return whole ? (body as FireAnswer) : null;
}
