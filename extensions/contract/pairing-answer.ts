/** One line of the order as Meta wants it; `item_price` is in the order's currency. */
export interface ContentLine {
  id: string;
  quantity: number;
  item_price: number;
}

/** The server's word to fire: everything the browser copy must share with the server copy. */
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
  datasets: string[];
  /** Limited Data Use: Meta's country and state codes. */
  limit?: { country: number; state: number };
}

/** The server's word not to fire, and why (`awaiting_payment`, `no_consent`, `already_reported`, …). */
export interface WithholdAnswer {
  fire: false;
  reason: string;
}

export type PairingAnswer = FireAnswer | WithholdAnswer;

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);

/**
 * Checks what the app answered. Anything that is not a whole answer is null: an ID, a value or a dataset that is missing
 * or malformed must lead to no browser copy, never to one that differs from the server copy.
 */
export function readAnswer(body: unknown): PairingAnswer | null {
  if (typeof body !== "object" || body === null) return null;
  const answer = body as Record<string, unknown>;
  if (answer["fire"] === false) return { fire: false, reason: String(answer["reason"]) };
  const { datasets } = answer;
  const whole =
    answer["fire"] === true &&
    ["ticket", "eventId", "currency", "orderId"].every((key) => isText(answer[key])) &&
    ["eventTime", "value"].every((key) => isNumber(answer[key])) &&
    Array.isArray(datasets) &&
    datasets.length > 0 &&
    datasets.every((id) => typeof id === "string" && /^\d+$/.test(id));
  return whole ? (body as FireAnswer) : null;
}
