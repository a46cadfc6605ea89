import type { OrderRecord } from "../store.ts";
import { fault } from "./connection.ts";

/**
 * The part of Shopify's search syntax that the app uses in `orders(query:)`: terms `field:value` joined by white space,
 * AND or OR, parentheses, quoted values, and the comparators <, <=, >, >= on times. What else Shopify reads (NOT, "-", bare
 * words, lists with commas) is refused, so that no search finds something by mistake.
 */
export interface OrderSearch {
  readonly matches: (order: OrderRecord) => boolean;
  /** Field names that orders cannot be searched by. Shopify ignores such a term and warns. */
  readonly unknownFields: readonly string[];
}

type Test = (order: OrderRecord) => boolean;

const COMPARATORS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "": (left, right) => left === right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

const TIMES: Readonly<Record<string, (order: OrderRecord) => number>> = {
  created_at: (order) => order.createdAt,
  updated_at: (order) => order.updatedAt,
  processed_at: (order) => order.processedAt,
};

const TEXTS: Readonly<Record<string, (order: OrderRecord) => string | null>> = {
  id: (order) => order.id,
  name: (order) => order.payload.name,
  financial_status: (order) => order.payload.financial_status,
  checkout_token: (order) => order.payload.checkout_token,
  cart_token: (order) => order.payload.cart_token,
  confirmation_number: (order) => order.payload.confirmation_number,
  source_name: (order) => order.payload.source_name,
  email: (order) => order.payload.email,
  test: (order) => String(order.payload.test),
  customer_id: (order) => order.payload.customer?.id.toString() ?? null,
};

/** Undefined for a field that orders cannot be searched by. */
function termTest(field: string, comparator: string, value: string): Test | undefined {
  if (field === "status") throw fault("The sandbox does not search by status", "BAD_REQUEST");
  const [time, text, compare] = [TIMES[field], TEXTS[field], COMPARATORS[comparator]];
  if (time && compare) {
    // Shopify keeps whole seconds, and a bare date means its first moment.
    const right = Math.floor(Date.parse(value) / 1000);
    return (order) => compare(Math.floor(time(order) / 1000), right);
  }
  return text && ((order) => text(order)?.toLowerCase() === value.toLowerCase());
}

const TOKEN = /\(|\)|[a-z_.]+:(?:'[^']*'|"[^"]*"|[^\s()'"]|(?<=[:<>=]) )+|[^\s()]+/g;
const TERM = /^([a-z_.]+):(<=|>=|<|>|) ?(['"]?)([^'",]*)\3$/;

export function parseOrderSearch(query: string): OrderSearch {
  const tokens = query.match(TOKEN) ?? [];
  const unknownFields: string[] = [];
  let at = 0;

  function readTerm(): Test {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const inner = readAny();
      at += 1;
      return inner;
    }
    const [, field, comparator = "", , value = ""] = TERM.exec(token) ?? [];
    if (field === undefined) throw fault(`The sandbox cannot search orders by ${token}`, "BAD_REQUEST");
    const test = termTest(field, comparator, value);
    if (!test) unknownFields.push(field);
    return test ?? (() => true);
  }

  function readAll(): Test {
    const tests = [readTerm()];
    while (at < tokens.length && tokens[at] !== ")" && tokens[at] !== "OR") {
      if (tokens[at] === "AND") at += 1;
      tests.push(readTerm());
    }
    return (order) => tests.every((test) => test(order));
  }

  function readAny(): Test {
    const tests = [readAll()];
    while (tokens[at] === "OR") {
      at += 1;
      tests.push(readAll());
    }
    return (order) => tests.some((test) => test(order));
  }

  return { matches: tokens.length === 0 ? () => true : readAny(), unknownFields };
}
