import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useRouteError } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { PageProgress } from "../components/page-progress.tsx";
import tandemStyles from "../components/tandem.css?url";
import type { FrameData } from "../components/use-format.ts";
import { knownTimeZone } from "../quality/store-period.ts";
import { signedInStore } from "../signed-in-store.server.ts";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polarisStyles },
  { rel: "stylesheet", href: tandemStyles },
];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const frame: FrameData = {
    locale: readLocale(args.request),
    timeZone: knownTimeZone(store.timeZone),
    currency: store.currency,
  };
  return {
    ...frame,
    apiKey: tandem.environment.SHOPIFY_API_KEY,
    appBridgeUrl: tandem.environment.APP_BRIDGE_URL,
  };
}

/** The admin names the locale when it opens the app, and not again when the page changes: what was read first stays. */
export const shouldRevalidate = () => false;

/** The frame of every page in the admin. */
export default function App() {
  const { apiKey, appBridgeUrl } = useLoaderData<typeof loader>();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} {...(appBridgeUrl ? { __APP_BRIDGE_URL: appBridgeUrl } : {})}>
      <noscript>
        <style>{".tandem-plot, .tandem-legend { display: none; }"}</style>
      </noscript>
      <NavMenu>
        <Link to="/app" rel="home">
          Overview
        </Link>
        <Link to="/app/events">Events</Link>
        <Link to="/app/datasets">Datasets</Link>
        <Link to="/app/settings">Settings</Link>
        <Link to="/app/test-events">Test events</Link>
        <Link to="/app/privacy">Privacy</Link>
      </NavMenu>
      <PageProgress>
        <Outlet />
      </PageProgress>
    </AppProvider>
  );
}

function readLocale(request: Request): string {
  const named = new URL(request.url).searchParams.get("locale");
  const accepted = request.headers.get("accept-language")?.split(",")[0]?.split(";")[0]?.trim();
  return named ?? (accepted && accepted !== "*" ? accepted : "en");
}

export function ErrorBoundary() {
  return boundary.error(useRouteError());
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
