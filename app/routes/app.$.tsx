import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";

import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";
import { sayText } from "../texts/texts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "errors.notFoundTitle" }) }];

/** Every address below /app that no page has: "not found" stands inside the frame, with the menu. */
export async function loader(args: LoaderFunctionArgs): Promise<never> {
  await signedInStore(args);
  throw notFound();
}

export async function action(args: ActionFunctionArgs): Promise<never> {
  await signedInStore(args);
  throw notFound();
}

export default function Nothing() {
  return null;
}
