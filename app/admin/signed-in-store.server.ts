import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { ShopifyError } from "@shopify/shopify-api";

import { withScriptPolicy } from "../platform/http/script-policy.server.ts";
import { installStore } from "../stores/shopify/install-store.server.ts";

/**
 * Who is asking: every loader and action of the admin begins here. The store comes from Shopify's session token and
 * from nothing else, so whatever an address or a form names is looked for among that store's rows only.
 *
 * @throws Response: Shopify's way back to a valid session
 */
export async function signedInStore({ request, context: { tandem } }: LoaderFunctionArgs) {
  const { session, admin } = await authenticateAdmin({ request, context: { tandem } });
  const { database, clock } = tandem;
  const known = await database.prisma.store.findUnique({ where: { shop: session.shop } });
  const store =
    known?.state === "installed"
      ? known
      : await installStore(
          { database, clock },
          { shop: session.shop, ...(session.scope === undefined ? {} : { scopes: session.scope }) },
        );
  return { tandem, store, session, admin };
}

/**
 * Shopify's own check of who is asking, and its sign-in steps.
 *
 * @throws Response: Shopify's way back to a valid session
 */
export async function authenticateAdmin({
  request,
  context: { tandem },
}: Pick<LoaderFunctionArgs, "request"> & { readonly context: Pick<AppLoadContext, "tandem"> }) {
  try {
    return await tandem.shopify.authenticate.admin(request);
  } catch (answer) {
    if (isRefusedRedirect(answer)) throw new Response("Bad request", { status: 400 });
    throw answer instanceof Response
      ? await withScriptPolicy(answer, tandem.environment.APP_BRIDGE_URL)
      : answer;
  }
}

/** The library refuses to leave the frame for an address that is neither ours nor the admin's: the caller's mistake. */
function isRefusedRedirect(error: unknown): boolean {
  return error instanceof ShopifyError && error.message.includes("Refusing to redirect");
}

/** What an address names is not there, or is another store's: the two look alike. */
export function notFound(): Response {
  return new Response("Not found", { status: 404, statusText: "Not found" });
}
