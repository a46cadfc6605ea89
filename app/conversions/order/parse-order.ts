/**
 * The entry point for orders: Shopify's JSON in, `OrderFacts` out. Strict about two things (it is a JSON object, and it has
 * an order ID), lenient about every other field.
 *
 * Field list: shopify.dev REST Order resource, as delivered by the `orders/paid` webhook.
 */
import type { OrderFacts } from "./order-facts.ts";
import { asRecord, readId } from "../read-json.ts";
import { readOrder } from "./read-order.ts";

export interface OrderProblem {
  readonly code: "not_json" | "too_deep" | "not_an_object" | "no_order_id" | "order_id_not_digits";
  readonly message: string;
}

export type ParsedOrder =
  { readonly ok: true; readonly order: OrderFacts } | { readonly ok: false; readonly problem: OrderProblem };

/**
 * Reads an order from the text of a webhook or a file. Never throws.
 *
 * IDs above 2^53 survive: Shopify's own sample order has one (820982911946154508).
 */
export function parseOrder(text: string): ParsedOrder {
  const json = parseJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  return "problem" in json ? { ok: false, problem: json.problem } : parseOrderValue(json.value);
}

/** Reads an order that is parsed already, in the webhook's shape. Never throws. */
export function parseOrderValue(value: unknown): ParsedOrder {
  const order = asRecord(value);
  if (order === undefined) return refuse("not_an_object", "An order is a JSON object.");
  if (order["id"] === undefined || order["id"] === null || order["id"] === "") {
    return refuse("no_order_id", "The order has no id.");
  }
  const id = readId(order, "id");
  if (id === undefined)
    return refuse("order_id_not_digits", "The order's id is not a positive whole number.");
  return { ok: true, order: readOrder(id, order) };
}

function refuse(code: OrderProblem["code"], message: string): ParsedOrder {
  return { ok: false, problem: { code, message } };
}

/** Digits from which on a whole number may be beyond 2^53. */
const LONG = 16;
const BEFORE_A_NUMBER = ":,[ \t\n\r";

/**
 * Whether 16 digits or more stand where a JSON number can begin: only then may digits be lost. So many in a row cover
 * every place that is a multiple of 16 from the last row's end, so one character in 16 is looked at.
 */
function hasLongNumber(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text, at)) continue;
    let start = at;
    while (isDigit(text, start - 1)) start -= 1;
    let end = at + 1;
    while (isDigit(text, end)) end += 1;
    const before = text.charAt(text.charAt(start - 1) === "-" ? start - 2 : start - 1);
    if (end - start >= LONG && before !== "" && BEFORE_A_NUMBER.includes(before)) return true;
    at = end - 1;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Parses JSON whose integers beyond 2^53 come as texts of digits. Never throws. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: OrderProblem } {
  try {
    const value: unknown = hasLongNumber(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text);
    return { value };
  } catch (error) {
    if (error instanceof RangeError) {
      return { problem: { code: "too_deep", message: "The JSON is nested too deeply." } };
    }
    return { problem: { code: "not_json", message: "The order is not JSON." } };
  }
}

/**
 * A JSON.parse reviver: `context.source` (ES2025) is the number as written. Costs about five times a plain parse,
 * hence the look before.
 */
function keepLongIntegers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}
