import type { ActionFunctionArgs } from "@remix-run/node";

/** The storefront embed says that it is alive. Comes through Shopify's app proxy. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return tandem.pairing.heartbeat(request);
}
