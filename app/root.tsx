import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  isRouteErrorResponse,
  useRouteError,
} from "@remix-run/react";
import type { ReactNode } from "react";

export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="preconnect" href="https://cdn.shopify.com/" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** For addresses outside of the admin's frame; inside it, Shopify's own boundary stands (routes/app.tsx). */
export function ErrorBoundary() {
  const error = useRouteError();
  const isTheirs = isRouteErrorResponse(error) && error.status < 500;
  return (
    <main>
      <h1>{isTheirs ? "There is nothing here" : "Something went wrong"}</h1>
      <p>{isTheirs ? "Open Tandem from your Shopify admin." : "Try again in a moment."}</p>
    </main>
  );
}
