import type { ActionFunctionArgs } from "@remix-run/node";

import { receiveScopesUpdate } from "../stores/shopify/receive-app-webhooks.server.ts";

/** app/scopes_update: what the merchant allows has changed. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return receiveScopesUpdate(tandem, request);
}
