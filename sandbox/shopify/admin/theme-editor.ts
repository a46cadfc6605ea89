import { join } from "node:path";
import { readExtensionHandle } from "../app-files.ts";
import { readEmbeds } from "../storefront/app-embed.ts";
import type { Store } from "../store.ts";

export const THEME_ID = "140000000001";

/** What App Bridge's `app.extensions()` answers: theme app extension and the state of its embeds. */
export function describeExtensions(store: Store, folder: string | undefined): unknown[] {
  const embeds = readEmbeds(folder);
  if (folder === undefined || embeds.length === 0) return [];
  const status = store.embed.active ? "active" : "available";
  return [
    {
      handle: readExtensionHandle(join(folder, "shopify.extension.toml")),
      type: "theme_app_extension",
      activations: embeds.map(({ handle, schema: { target, name } }) => ({ target, handle, name, status })),
    },
  ];
}

/**
 * The app embeds pane of the theme editor. A deep link with `activateAppId={api key}/{block handle}` shows the embed
 * switched on but not saved; anything else about the link is ignored, a wrong half of it is reported.
 */
export function viewThemeEditor(
  store: Store,
  folder: string | undefined,
  apiKey: string,
  activateAppId: string | null,
) {
  const embeds = readEmbeds(folder);
  const [key, asked] = (activateAppId ?? "/").split("/");
  const known = key === apiKey && embeds.some(({ handle }) => handle === asked);
  return {
    wrong: known ? null : activateAppId,
    embeds: embeds.map(({ handle, schema }) => ({
      handle,
      target: schema.target,
      on: store.embed.active || (known && handle === asked),
    })),
  };
}
