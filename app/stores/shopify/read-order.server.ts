import type { OrderFacts } from "../../conversions/order/order-facts.ts";
import { isSale } from "../../conversions/order/financial-status.ts";
import { parseOrderValue } from "../../conversions/order/parse-order.ts";
import { readId } from "../../conversions/read-json.ts";
import {
  FIND_ORDER_STATUS,
  LINES_PER_PAGE,
  READ_MORE_LINES,
  READ_ORDER,
  READ_ORDER_STATUS,
} from "./admin-operations.ts";
import { nextPage, told, type AnswerOf } from "./answer-kinds.ts";
import type { AdminFailure, AdminProblem, CallAdmin, Throttle } from "./call-admin.server.ts";
import {
  orderFromGraphql,
  paidAtOf,
  untoldByAdmin,
  type AdminLine,
  type AdminOrder,
} from "./order-from-graphql.ts";

/** What an order's buyer may be told: nothing of it is personal. */
export type OrderStatus =
  | {
      readonly kind: "found";
      readonly orderId: string;
      readonly checkoutToken: string | null;
      readonly isPaid: boolean;
    }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly problem: AdminProblem };

/**
 * Asks Shopify for an order's state by its ID, or by the checkout where the browser did not know the order yet.
 * @param checkoutToken printable ASCII
 */
export async function readOrderStatus(
  callAdmin: CallAdmin,
  shop: string,
  by: { readonly orderId: string | undefined; readonly checkoutToken: string },
): Promise<OrderStatus> {
  // Anything else could change the meaning of the search.
  if (by.orderId === undefined && !/^[\w-]+$/.test(by.checkoutToken)) return { kind: "absent" };
  let order: AnswerOf<typeof READ_ORDER_STATUS>["order"];
  if (by.orderId === undefined) {
    const found = await callAdmin(shop, FIND_ORDER_STATUS, { query: `checkout_token:'${by.checkoutToken}'` });
    if (!found.ok) return { kind: "failed", problem: found.problem };
    order = firstOf(found.data.orders?.nodes);
  } else {
    const answer = await callAdmin(shop, READ_ORDER_STATUS, { id: `gid://shopify/Order/${by.orderId}` });
    if (!answer.ok) return { kind: "failed", problem: answer.problem };
    order = answer.data.order;
  }
  if (order === null) return { kind: "absent" };
  const orderId = readId(order, "legacyResourceId");
  if (!order || orderId === undefined) return { kind: "failed", problem: "unreachable" };
  return { kind: "found", orderId, checkoutToken: order.checkoutToken ?? null, isPaid: isPaidFor(order) };
}

/** null = none was found; undefined = the answer does not tell. */
function firstOf<Node>(nodes: readonly Node[] | null | undefined): Node | null | undefined {
  return nodes?.length === 0 ? null : nodes?.[0];
}

/** The same rule as for webhooks (docs/decisions/0672). A status that Shopify does not tell is no payment here. */
function isPaidFor(order: Pick<AdminOrder, "displayFinancialStatus">): boolean {
  return isSale(order.displayFinancialStatus ?? "not told");
}

export type OrderReading =
  | {
      readonly kind: "order";
      readonly order: OrderFacts;
      /** Unix milliseconds. */
      readonly paidAt: number | undefined;
      readonly isPaid: boolean;
      readonly throttle?: Throttle;
    }
  | { readonly kind: "absent" }
  /** It will never be read: it is larger than what is read, or not an order as we know them. */
  | { readonly kind: "unreadable"; readonly message: string }
  | {
      readonly kind: "failed";
      readonly problem: AdminProblem;
      readonly message: string;
      readonly throttle?: Throttle;
    };

/** 10,000 lines: twice what the largest webhook that is taken holds. */
const MOST_LINE_PAGES = 200;

/**
 * A whole order, every line of it, as the mapping wants it; one with more lines than are read is none, since a part of it
 * would be sent as the whole.
 */
export async function readOrder(callAdmin: CallAdmin, shop: string, orderId: string): Promise<OrderReading> {
  const id = `gid://shopify/Order/${orderId}`;
  const answer = await callAdmin(shop, READ_ORDER, { id, lines: LINES_PER_PAGE });
  if (!answer.ok) return { kind: "failed", ...withoutOk(answer) };
  const { order } = answer.data;
  if (order === null) return { kind: "absent" };
  if (!order) return halfAnAnswer(answer.throttle);
  const lines = await readLines(callAdmin, shop, id, order, answer.throttle);
  if (lines.kind !== "lines") return lines;
  const { nodes, throttle } = lines;
  const parsed = parseOrderValue(orderFromGraphql({ ...order, lineItems: { nodes } }));
  if (!parsed.ok) return { kind: "unreadable", message: parsed.problem.message };
  return {
    kind: "order",
    order: { ...parsed.order, untold: untoldByAdmin(order) },
    paidAt: paidAtOf(order),
    isPaid: isPaidFor(order),
    ...(throttle ? { throttle } : {}),
  };
}

type Failed = Extract<OrderReading, { readonly kind: "failed" }>;
type Unreadable = Extract<OrderReading, { readonly kind: "unreadable" }>;

/** Every line of the order, however many pages. */
async function readLines(
  callAdmin: CallAdmin,
  shop: string,
  id: string,
  order: AdminOrder,
  firstThrottle: Throttle | undefined,
): Promise<
  | { readonly kind: "lines"; readonly nodes: readonly AdminLine[]; readonly throttle: Throttle | undefined }
  | Failed
  | Unreadable
> {
  let throttle = firstThrottle;
  let lines = readLinePage(order);
  const nodes: AdminLine[] = [];
  const cursors = new Set<string>();
  for (let page = 1; ; page += 1) {
    if (!lines) return halfAnAnswer(throttle);
    nodes.push(...lines.nodes);
    const { next } = lines;
    if (next === null) return { kind: "lines", nodes, throttle };
    if (page >= MOST_LINE_PAGES)
      return {
        kind: "unreadable",
        message: `the order has more than ${MOST_LINE_PAGES * LINES_PER_PAGE} lines`,
      };
    // Pages that go round in a circle would be an order with its lines twice.
    if (cursors.has(next)) return halfAnAnswer(throttle);
    cursors.add(next);
    const more = await callAdmin(shop, READ_MORE_LINES, { id, lines: LINES_PER_PAGE, after: next });
    if (!more.ok) return { kind: "failed", ...withoutOk(more) };
    lines = readLinePage(more.data.order);
    throttle = more.throttle ?? throttle;
  }
}

/** An answer that holds a part of the order only: a part must not be sent as the whole, so it is asked for again. */
function halfAnAnswer(throttle: Throttle | undefined): Failed {
  return {
    kind: "failed",
    problem: "unreachable",
    message: "Shopify’s answer did not hold the whole order",
    ...(throttle ? { throttle } : {}),
  };
}

/** undefined where the lines, or `pageInfo` on whether more follow, are missing. */
function readLinePage(
  order: Pick<AdminOrder, "lineItems"> | null | undefined,
): { readonly nodes: readonly AdminLine[]; readonly next: string | null } | undefined {
  const given = order?.lineItems?.nodes;
  const next = nextPage(order?.lineItems?.pageInfo);
  if (!given || next === undefined) return undefined;
  const nodes = told(given);
  return nodes.length < given.length ? undefined : { nodes, next };
}

function withoutOk({ ok: _ok, ...rest }: AdminFailure): Omit<AdminFailure, "ok"> {
  return rest;
}
