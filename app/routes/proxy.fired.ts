import type { ActionFunctionArgs } from "@remix-run/node";

/** What became of an order page's browser copy. Comes through Shopify's app proxy. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return tandem.pairing.proxyFired(request);
}
