import { redirect, type AppLoadContext, type LoaderFunctionArgs } from "@remix-run/node";
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
    const address = addressWithFrame(request, answer);
    if (address !== undefined) throw redirect(address);
    throw answer instanceof Response
      ? await withScriptPolicy(
          answer,
          tandem.environment.APP_BRIDGE_URL,
          tandem.environment.FRAME_ANCESTORS_LOCAL,
        )
      : answer;
  }
}

/** What Shopify's admin tells a page in its frame, and the library asks for. Untrusted: it leads to the sign-in, no further. */
const FRAME_PARAMETERS = ["shop", "host", "embedded", "locale"] as const;

/**
 * A link that is followed before the page's script runs asks for a whole page, without what the frame's first address
 * said, and the library sends whoever comes without a shop out of the app. The page before it still says it.
 */
function addressWithFrame(request: Request, answer: unknown): string | undefined {
  const isSentAway = answer instanceof Response && answer.headers.get("location")?.startsWith("/auth/login");
  const from = request.headers.get("referer") ?? "";
  if (!isSentAway || request.method !== "GET" || !URL.canParse(from)) return undefined;
  const [here, before] = [new URL(request.url), new URL(from)];
  const isOurs = before.host === here.host && before.pathname.startsWith("/app");
  if (!isOurs || !before.searchParams.has("shop") || !before.searchParams.has("host")) return undefined;
  // What it said has been tried and refused: once more would go round for ever.
  if (here.searchParams.has("shop") && here.searchParams.has("host")) return undefined;
  for (const name of FRAME_PARAMETERS) {
    const value = before.searchParams.get(name);
    if (value !== null) here.searchParams.set(name, value);
  }
  return `${here.pathname}${here.search}`;
}

/** The library refuses to leave the frame for an address that is neither ours nor the admin's: the caller's mistake. */
function isRefusedRedirect(error: unknown): boolean {
  return error instanceof ShopifyError && error.message.includes("Refusing to redirect");
}

/** What an address names is not there, or is another store's: the two look alike. */
export function notFound(): Response {
  return new Response("Not found", { status: 404, statusText: "Not found" });
}
