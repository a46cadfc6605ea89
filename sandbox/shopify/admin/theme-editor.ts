import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { html, redirect, type Call, type Reply } from "../http/http-server.ts";
import { markup } from "../http/html-template.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { readExtensionHandle } from "../app-files.ts";
import { adminPage } from "./admin-frame.ts";

export const THEME_ID = "140000000001";

/** One block file of the theme app extension that is an app embed. */
export interface EmbedBlock {
  /** File name without .liquid; the second half of `activateAppId`. */
  readonly handle: string;
  readonly target: string;
  readonly name: string;
}

interface BlockSchema {
  readonly name?: string;
  readonly target?: string;
}

export function readEmbeds(folder: string | undefined): EmbedBlock[] {
  if (folder === undefined) return [];
  return readdirSync(join(folder, "blocks"))
    .filter((file) => file.endsWith(".liquid"))
    .flatMap((file): EmbedBlock[] => {
      const text = readFileSync(join(folder, "blocks", file), "utf8");
      const schema = JSON.parse(
        /{%-?\s*schema\s*-?%}(.*?){%-?\s*endschema\s*-?%}/s.exec(text)?.[1] ?? "{}",
      ) as BlockSchema;
      if (schema.target === undefined || schema.target === "section") return [];
      return [{ handle: basename(file, ".liquid"), target: schema.target, name: schema.name ?? "" }];
    });
}

/** What App Bridge's `app.extensions()` answers: theme app extension and the activations of its embeds. */
export function describeExtensions(store: Store, folder: string | undefined): unknown[] {
  const embeds = readEmbeds(folder);
  if (folder === undefined || embeds.length === 0) return [];
  return [
    {
      handle: readExtensionHandle(join(folder, "shopify.extension.toml")),
      type: "theme_app_extension",
      activations: embeds.map(({ handle, target, name }) => ({
        target,
        handle,
        name,
        status: store.embed.active ? "active" : "available",
        activations: store.embed.active
          ? [{ target: `template--index/${target}`, themeId: `gid://shopify/OnlineStoreTheme/${THEME_ID}` }]
          : [],
      })),
    },
  ];
}

/**
 * The app embeds pane of the theme editor. A deep link with `activateAppId={api key}/{block handle}` shows the embed
 * switched on but not saved; anything else about the link is ignored, a wrong half of it is reported.
 */
export function themeEditorPage(call: Call, store: Store, state: ShopifyState): Reply {
  const { apiKey, themeExtensionDir } = state.options;
  const embeds = readEmbeds(themeExtensionDir);
  const asked = call.url.searchParams.get("activateAppId");
  const [key, handle] = (asked ?? "/").split("/");
  const known = key === apiKey && embeds.some((embed) => embed.handle === handle);
  const main = markup`<div class="page"><h1>Theme editor: app embeds</h1>
    ${asked !== null && !known ? markup`<p role="alert" class="card">No app embed ${asked} is installed.</p>` : undefined}
    <form method="post" class="card">
      ${embeds.map((embed) => {
        const on = store.embed.active || (known && embed.handle === handle);
        return markup`<label><input type="checkbox" name="active" value="true"${on ? markup` checked` : undefined}> Tandem: ${embed.handle} (${embed.target})</label>`;
      })}
      ${embeds.length === 0 ? "No app embeds." : undefined}
      <p><button class="primary">Save</button></p>
    </form></div>`;
  return html(adminPage({ store, apiKey, title: "Theme editor", main }));
}

export function saveThemeEditor(call: Call, store: Store): Reply {
  store.embed.active = new URLSearchParams(call.body.toString("utf8")).get("active") === "true";
  return redirect(`/store/${store.handle}/themes/current/editor?context=apps`);
}
