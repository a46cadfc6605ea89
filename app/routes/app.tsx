import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";

import { isShopifysPage, PageError } from "../components/frame/page-error.tsx";
import { PageProgress } from "../components/frame/page-progress.tsx";
import tandemStyles from "../components/tandem.css?url";
import type { FrameData } from "../components/frame/use-format.ts";
import { usePagesAhead } from "../components/frame/use-pages-ahead.ts";
import { knownTimeZone } from "../quality/store-period.ts";
import { zoneOffsets } from "../quality/zone-offsets.server.ts";
import type { loader as rootLoader } from "../root.tsx";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { currentLanguage } from "../texts/language.ts";
import { polarisTexts } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polarisStyles },
  { rel: "stylesheet", href: tandemStyles },
];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const timeZone = knownTimeZone(store.timeZone);
  const frame: FrameData = {
    timeZone,
    offsets: zoneOffsets(timeZone, tandem.clock()),
    currency: store.currency,
  };
  return frame;
}

/** Nothing of the frame changes while the app is open. */
export const shouldRevalidate = () => false;

/** The frame of every page in the admin. */
export default function App() {
  usePagesAhead();
  return (
    <Frame>
      <PageProgress>
        <Outlet />
      </PageProgress>
    </Frame>
  );
}

/** When not even the store could be read: the menu still leads back. */
export function ErrorBoundary() {
  const error = useRouteError();
  if (isShopifysPage(error)) return <PageError />;
  return (
    <Frame>
      <PageError />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const { apiKey = "", appBridgeUrl } = useRouteLoaderData<typeof rootLoader>("root") ?? {};
  const polaris = polarisTexts(currentLanguage());
  return (
    <AppProvider
      isEmbeddedApp
      apiKey={apiKey}
      {...(polaris ? { i18n: polaris } : {})}
      {...(appBridgeUrl ? { __APP_BRIDGE_URL: appBridgeUrl } : {})}
    >
      <NavMenu>
        <Link to="/app" rel="home">
          {t("common.frameOverview")}
        </Link>
        <Link to="/app/events">{t("common.frameEvents")}</Link>
        <Link to="/app/audit">{t("common.frameAudit")}</Link>
        <Link to="/app/datasets">{t("common.frameDatasets")}</Link>
        <Link to="/app/settings">{t("common.frameSettings")}</Link>
        <Link to="/app/test-events">{t("common.frameTestEvents")}</Link>
        <Link to="/app/privacy">{t("common.framePrivacy")}</Link>
      </NavMenu>
      <main>{children}</main>
    </AppProvider>
  );
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
