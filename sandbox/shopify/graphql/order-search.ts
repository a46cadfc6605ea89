import type { OrderRecord } from "../store.ts";

/**
 * Shopify's search syntax for `orders(query:)`: terms joined by white space or AND, OR, NOT or "-", parentheses, quoted
 * values, comparators <, <=, >, >= on times and numbers, and comma-separated alternatives.
 */
export interface OrderSearch {
  readonly matches: (order: OrderRecord) => boolean;
  /** Field names that orders cannot be searched by. Shopify ignores such a term and warns. */
  readonly unknownFields: readonly string[];
}

type Test = (order: OrderRecord) => boolean;

const COMPARATORS = {
  "=": (left: number | bigint, right: number | bigint) => left === right,
  "<": (left: number | bigint, right: number | bigint) => left < right,
  "<=": (left: number | bigint, right: number | bigint) => left <= right,
  ">": (left: number | bigint, right: number | bigint) => left > right,
  ">=": (left: number | bigint, right: number | bigint) => left >= right,
};
type Comparator = keyof typeof COMPARATORS;

const TIMES: Readonly<Record<string, (order: OrderRecord) => number>> = {
  created_at: (order) => order.createdAt,
  updated_at: (order) => order.updatedAt,
  processed_at: (order) => order.processedAt,
};

const TEXTS: Readonly<Record<string, (order: OrderRecord) => string | null>> = {
  name: (order) => order.payload.name,
  financial_status: (order) => order.payload.financial_status,
  checkout_token: (order) => order.payload.checkout_token,
  cart_token: (order) => order.payload.cart_token,
  confirmation_number: (order) => order.payload.confirmation_number,
  source_name: (order) => order.payload.source_name,
  email: (order) => order.payload.email,
  test: (order) => String(order.payload.test),
  status: (order) =>
    order.payload.cancelled_at !== null ? "cancelled" : order.payload.closed_at !== null ? "closed" : "open",
  customer_id: (order) => order.payload.customer?.id.toString() ?? null,
};

/** Shopify keeps whole seconds, and a bare date means its first moment. */
const readTime = (text: string, now: number): number => (text === "now" ? now : Date.parse(text));

function termTest(field: string, comparator: Comparator, value: string, now: number): Test | undefined {
  const compare = COMPARATORS[comparator];
  const time = TIMES[field];
  if (time) {
    const right = readTime(value, now);
    if (Number.isNaN(right)) return () => false;
    return (order) => compare(Math.floor(time(order) / 1000), Math.floor(right / 1000));
  }
  if (field === "id") {
    if (!/^\d+$/.test(value)) return () => false;
    return (order) => compare(BigInt(order.id), BigInt(value));
  }
  const text = TEXTS[field];
  if (!text) return undefined;
  const wanted = value.toLowerCase().split(",");
  return (order) => {
    const actual = text(order)?.toLowerCase();
    return (
      actual !== undefined && wanted.some((each) => each === actual || (each === "any" && field === "status"))
    );
  };
}

const TOKEN = /\s*(\(|\)|-?[a-z_.]+:(?:<=|>=|<|>)?\s?(?:'[^']*'|"[^"]*"|[^\s()]+)|[^\s()]+)/gy;

export function parseOrderSearch(query: string, now: number): OrderSearch {
  const tokens = [...query.matchAll(TOKEN)].map((match) => match[1] ?? "");
  const unknownFields: string[] = [];
  let at = 0;

  function readTerm(): Test {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const inner = readAny();
      at += 1;
      return inner;
    }
    if (token.toUpperCase() === "NOT") return negate(readTerm());
    const match = /^(-?)([a-z_.]+):(<=|>=|<|>)?\s?(.*)$/s.exec(token);
    if (!match) return byWord(token);
    const [, minus = "", field = "", comparator = "=", raw = ""] = match;
    const test = termTest(field, comparator as Comparator, raw.replace(/^(['"])(.*)\1$/s, "$2"), now);
    if (!test) {
      unknownFields.push(field);
      return () => true;
    }
    return minus === "-" ? negate(test) : test;
  }

  function readAll(): Test {
    const tests = [readTerm()];
    while (at < tokens.length && tokens[at] !== ")" && tokens[at]?.toUpperCase() !== "OR") {
      if (tokens[at]?.toUpperCase() === "AND") at += 1;
      tests.push(readTerm());
    }
    return (order) => tests.every((test) => test(order));
  }

  function readAny(): Test {
    const tests = [readAll()];
    while (tokens[at]?.toUpperCase() === "OR") {
      at += 1;
      tests.push(readAll());
    }
    return (order) => tests.some((test) => test(order));
  }

  const matches = tokens.length === 0 ? () => true : readAny();
  return { matches, unknownFields };
}

const negate =
  (test: Test): Test =>
  (order) =>
    !test(order);

/** A bare word searches name, e-mail and confirmation number. */
const byWord =
  (word: string): Test =>
  ({ payload }) =>
    [payload.name, payload.email, payload.confirmation_number].some((text) =>
      text?.toLowerCase().includes(word.toLowerCase()),
    );
