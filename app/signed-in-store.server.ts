import type { LoaderFunctionArgs } from "@remix-run/node";

import { installStore } from "./stores/install-store.server.ts";

/**
 * Who is asking: every loader and action of the admin begins here. The store comes from Shopify's session token and
 * from nothing else, so whatever an address or a form names is looked for among that store's rows only.
 *
 * @throws Response: Shopify's way back to a valid session
 */
export async function signedInStore({ request, context: { tandem } }: LoaderFunctionArgs) {
  const { session, admin } = await tandem.shopify.authenticate.admin(request);
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

/** What an address names is not there, or is another store's: the two look alike. */
export function notFound(): Response {
  return new Response("Not found", { status: 404, statusText: "Not found" });
}
