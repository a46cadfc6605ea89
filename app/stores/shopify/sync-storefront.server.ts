import { compact } from "../../conversions/read-json.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { Log } from "../../platform/process/log.server.ts";
import { READ_SHOP, SET_STOREFRONT_METAFIELD } from "./admin-operations.ts";
import { digitsOfGid } from "./shopify-gid.ts";
import type { AnswerOf } from "./answer-kinds.ts";
import type { AskAdmin } from "./call-admin.server.ts";
import { connectWebPixel } from "./connect-web-pixel.server.ts";
import { noteChange } from "../settings/note-change.server.ts";
import { installStore, type ShopFacts } from "./install-store.server.ts";
import {
  METAFIELD_KEY,
  METAFIELD_NAMESPACE,
  storefrontContent,
  webPixelSettings,
} from "./storefront-content.ts";
import { sayInEnglish } from "../../texts/texts.ts";
import "../../texts/areas/storefront.ts";

export interface StorefrontDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly environment: {
    readonly SHOPIFY_APP_URL: string;
    readonly META_TR_URL: string;
    readonly META_FBEVENTS_URL: string;
  };
}

export type StorefrontOutcome =
  | { readonly kind: "synced"; readonly metafield: SideState; readonly webPixel: SideState }
  | { readonly kind: "unknown_store" };

/** `problem` in words for the merchant; null = all is well. */
export interface SideState {
  readonly problem: string | null;
}

/**
 * Brings Shopify's side of a store in line with its settings: shop facts read, metafield for the theme block written, web
 * pixel created or updated. What failed is kept in English words beside the store (`say-stored.server.ts` says them) and tried again. Never throws for anything that
 * Shopify does; safe to repeat.
 */
export async function syncStorefront(
  deps: StorefrontDependencies,
  shop: string,
  ask: AskAdmin,
): Promise<StorefrontOutcome> {
  const { prisma } = deps.database;
  const shopRead = await ask(READ_SHOP);
  const facts = shopRead.ok ? readFacts(shopRead.data) : {};
  const store = await prisma.store.findFirst({
    where: { shop, state: "installed" },
    include: { datasets: { orderBy: { id: "asc" } } },
  });
  if (!store) return { kind: "unknown_store" };

  const owner = shopRead.ok ? shopRead.data.currentAppInstallation?.id : undefined;
  const content = storefrontContent(store, store.datasets, deps.environment.META_FBEVENTS_URL);
  const metafield = await writeMetafield(ask, owner, JSON.stringify(content));
  const told = { ...store, country: facts.country ?? store.country };
  const pixelSettings = webPixelSettings(told, store.datasets, deps.environment);
  const pixel = await connectWebPixel(ask, store.webPixelId, pixelSettings);
  const now = new Date(deps.clock());
  const pixelProblem = pixel.words;
  await prisma.store.updateMany({
    where: { id: store.id, state: "installed" },
    data: {
      ...facts,
      metafieldState: metafield === null ? "connected" : "failed",
      metafieldProblem: metafield,
      metafieldAt: now,
      ...(pixel.ok ? { webPixelId: pixel.id } : {}),
      webPixelState: pixel.ok ? "connected" : "failed",
      webPixelProblem: pixelProblem,
      webPixelAt: now,
    },
  });
  if (pixel.ok !== (store.webPixelState === "connected") && (pixel.ok || store.webPixelState !== null))
    await noteChange(deps, {
      storeId: store.id,
      kind: pixel.ok ? "tracking_on" : "tracking_off",
      by: "app",
    });
  if (metafield !== null || pixelProblem !== null)
    deps.log.warn(
      { shop, metafield, webPixel: pixelProblem },
      "Shopify's side of the store is not up to date",
    );
  return { kind: "synced", metafield: { problem: metafield }, webPixel: { problem: pixelProblem } };
}

/** After each sign-in: the store is known first, whatever Shopify then answers. */
export async function setUpStore(
  deps: StorefrontDependencies,
  input: { readonly shop: string; readonly scopes: string | undefined; readonly ask: AskAdmin },
): Promise<void> {
  const { shop, scopes, ask } = input;
  await installStore(deps, { shop, ...(scopes === undefined ? {} : { scopes }) });
  await syncStorefront(deps, shop, ask);
}

async function writeMetafield(
  ask: AskAdmin,
  ownerId: string | null | undefined,
  value: string,
): Promise<string | null> {
  const unreachable = sayInEnglish({ key: "storefront.problem.themeUnreachable" });
  if (!ownerId) return unreachable;
  const outcome = await ask(SET_STOREFRONT_METAFIELD, {
    metafields: [{ ownerId, namespace: METAFIELD_NAMESPACE, key: METAFIELD_KEY, type: "json", value }],
  });
  if (!outcome.ok) return unreachable;
  const problem = outcome.data.metafieldsSet?.userErrors?.[0];
  return problem
    ? sayInEnglish({
        key: "storefront.problem.themeRefused",
        values: { message: (problem.message ?? "").slice(0, 300) },
      })
    : null;
}

/** What was told of the shop; what was not stays as it is stored. */
export function readFacts({ shop }: AnswerOf<typeof READ_SHOP>): ShopFacts {
  return compact<ShopFacts>({
    shopId: digitsOfGid(shop?.id, "Shop"),
    name: shop?.name || undefined,
    timeZone: shop?.ianaTimezone || undefined,
    currency: shop?.currencyCode || undefined,
    country: shop?.shopAddress?.countryCodeV2 || undefined,
    storefrontUrl: shop?.primaryDomain?.url || undefined,
  });
}
