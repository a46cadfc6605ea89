import type { LoaderFunctionArgs } from "@remix-run/node";

import { authenticateAdmin } from "../admin/signed-in-store.server.ts";

/** Shopify's own sign-in steps, such as /auth/session-token. */
export async function loader(args: LoaderFunctionArgs) {
  await authenticateAdmin(args);
  return null;
}
