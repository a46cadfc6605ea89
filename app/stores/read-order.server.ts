import type { OrderFacts } from "../conversions/order-facts.ts";
import { parseOrderValue } from "../conversions/parse-order.ts";
import { FIND_ORDER_STATUS, READ_MORE_LINES, READ_ORDER, READ_ORDER_STATUS } from "./admin-operations.ts";
import type { AdminProblem, CallAdmin, Throttle } from "./call-admin.server.ts";
import { orderFromGraphql, paidAtOf } from "./order-from-graphql.ts";

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
  const answer =
    by.orderId === undefined
      ? await callAdmin(shop, FIND_ORDER_STATUS, { query: `checkout_token:'${by.checkoutToken}'` })
      : await callAdmin(shop, READ_ORDER_STATUS, { id: `gid://shopify/Order/${by.orderId}` });
  if (!answer.ok) return { kind: "failed", problem: answer.problem };
  const orders = answer.data["orders"] as { nodes?: unknown[] } | null | undefined;
  const order = (answer.data["order"] ?? orders?.nodes?.[0]) as Readonly<Record<string, unknown>> | undefined;
  if (!order) return { kind: "absent" };
  const token = order["checkoutToken"];
  return {
    kind: "found",
    orderId: String(order["legacyResourceId"]),
    checkoutToken: typeof token === "string" ? token : null,
    isPaid: order["displayFinancialStatus"] === "PAID",
  };
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
  | {
      readonly kind: "failed";
      readonly problem: AdminProblem;
      readonly message: string;
      readonly throttle?: Throttle;
    };

/** More pages of lines than any order has. */
const MOST_LINE_PAGES = 20;

/** A whole order, every line of it, as the mapping wants it. */
export async function readOrder(callAdmin: CallAdmin, shop: string, orderId: string): Promise<OrderReading> {
  const id = `gid://shopify/Order/${orderId}`;
  const answer = await callAdmin(shop, READ_ORDER, { id });
  if (!answer.ok) return { kind: "failed", ...withoutOk(answer) };
  const order = answer.data["order"] as Readonly<Record<string, unknown>> | null;
  if (!order) return { kind: "absent" };
  let lines = order["lineItems"] as LinePage;
  const nodes = [...lines.nodes];
  let throttle = answer.throttle;
  for (let page = 1; lines.pageInfo.hasNextPage && page < MOST_LINE_PAGES; page += 1) {
    const more = await callAdmin(shop, READ_MORE_LINES, { id, after: lines.pageInfo.endCursor });
    if (!more.ok) return { kind: "failed", ...withoutOk(more) };
    lines = (more.data["order"] as { lineItems: LinePage }).lineItems;
    nodes.push(...lines.nodes);
    throttle = more.throttle ?? throttle;
  }
  const parsed = parseOrderValue(orderFromGraphql({ ...order, lineItems: { nodes } }));
  if (!parsed.ok) return { kind: "failed", problem: "refused", message: parsed.problem.message };
  return {
    kind: "order",
    order: parsed.order,
    paidAt: paidAtOf(order),
    isPaid: order["displayFinancialStatus"] === "PAID",
    ...(throttle ? { throttle } : {}),
  };
}

interface LinePage {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

function withoutOk<T extends { readonly ok: false }>({ ok: _ok, ...rest }: T): Omit<T, "ok"> {
  return rest;
}
