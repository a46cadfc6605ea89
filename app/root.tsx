import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  isRouteErrorResponse,
  useRouteError,
} from "@remix-run/react";
import { useContext, type ReactNode } from "react";

import { PlainPage } from "./components/frame/plain-page.tsx";
import { DocumentReference, referenceMeta, useReference } from "./components/frame/request-reference.ts";
import { ScriptNonce } from "./components/frame/script-nonce.ts";
import { currentLanguage } from "./texts/language.ts";
import { sayText } from "./texts/texts.ts";
import { useTexts } from "./texts/use-texts.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "common.brand" }) }];

/** What App Bridge needs before anybody is signed in, so that the menu stands even where the store cannot be read. */
export function loader({ context: { tandem } }: LoaderFunctionArgs) {
  return { apiKey: tandem.environment.SHOPIFY_API_KEY, appBridgeUrl: tandem.environment.APP_BRIDGE_URL };
}

export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(ScriptNonce);
  const reference = referenceMeta(useContext(DocumentReference));
  return (
    <html lang={currentLanguage()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="preconnect" href="https://cdn.shopify.com/" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {reference && <meta {...reference} />}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration {...(nonce !== undefined && { nonce })} />
        <Scripts {...(nonce !== undefined && { nonce })} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** For addresses outside of the admin's frame; the pages inside have one of their own (routes/app.tsx). */
export function ErrorBoundary() {
  const error = useRouteError();
  const { t } = useTexts();
  const reference = useReference(error);
  const isTheirs = isRouteErrorResponse(error) && error.status < 500;
  return isTheirs ? (
    <PlainPage title={t("errors.outsideTitle")}>
      <p>{t("errors.outsideText")}</p>
    </PlainPage>
  ) : (
    <PlainPage title={t("errors.failedTitle")}>
      <p>{t("errors.failedText")}</p>
      {reference && <p>{t("errors.reference", { reference })}</p>}
      <p>
        <a href="" style={{ display: "inline-block", padding: "4px 0" }}>
          {t("errors.tryAgain")}
        </a>
      </p>
    </PlainPage>
  );
}
