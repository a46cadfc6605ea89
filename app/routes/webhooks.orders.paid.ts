import type { ActionFunctionArgs } from "@remix-run/node";

import { receiveOrdersPaid } from "../intake/receive-orders-paid.server.ts";

/** orders/paid: an order was paid, at checkout or days later. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return receiveOrdersPaid(tandem, request);
}
