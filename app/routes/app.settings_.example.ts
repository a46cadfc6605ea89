import type { LoaderFunctionArgs } from "@remix-run/node";

import { signedInStore } from "../admin/signed-in-store.server.ts";
import { rereadSettingsExample } from "../stores/settings/read-settings-example.server.ts";
import { settingsOf } from "../stores/settings/store-settings.ts";

/** The live example of the settings page, read at Shopify after the page is shown. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return { reread: await rereadSettingsExample(tandem, store, settingsOf(store)) };
}
