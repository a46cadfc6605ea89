import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Page } from "@shopify/polaris";

import { signedInStore } from "../signed-in-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Settings" }];

export async function loader(args: LoaderFunctionArgs) {
  await signedInStore(args);
  return null;
}

export default function Settings() {
  return <Page title="Settings" />;
}
