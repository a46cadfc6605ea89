import type { ActionFunctionArgs } from "@remix-run/node";

/** A customer's order page asks whether it may fire. Comes through Shopify's app proxy. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return tandem.pairing.order(request);
}
