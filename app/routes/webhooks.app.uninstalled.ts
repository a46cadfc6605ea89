import type { ActionFunctionArgs } from "@remix-run/node";

import { receiveAppUninstalled } from "../stores/shopify/receive-app-webhooks.server.ts";

/** app/uninstalled: the merchant removed the app. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return receiveAppUninstalled(tandem, request);
}
