import type { LoaderFunctionArgs } from "@remix-run/node";

/** Shopify's own sign-in steps, such as /auth/session-token. */
export async function loader({ request, context: { tandem } }: LoaderFunctionArgs) {
  await tandem.shopify.authenticate.admin(request);
  return null;
}
