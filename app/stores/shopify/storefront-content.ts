import { copiesOf } from "../../../extensions/contract/events/copies-of.ts";
import { EVENTS } from "../../../extensions/contract/events/registry.ts";
import type { FunnelSettings } from "../../../extensions/contract/funnel-settings.ts";
import { STORE_SETTINGS } from "../../conversions/settings/settings.ts";
import { storedChoice, type SettingsColumns } from "../settings/store-settings.ts";

/** What the storefront's theme block and the checkout's web pixel are told. Both see a store's public choices only. */

export const METAFIELD_NAMESPACE = "tandem";
export const METAFIELD_KEY = "storefront";

export interface StorefrontContent {
  readonly v: 1;
  /** Meta's IDs of the active datasets. */
  readonly datasets: readonly string[];
  readonly eventIdRule: string;
  /** Share of browsers that send the daily heartbeat, 0 to 1. */
  readonly heartbeat: number;
  readonly fbevents: string;
  /** Limited Data Use where the sale of data was refused; the server copy does the same. */
  readonly ldu: boolean;
  /** Whether the embed sends PageView. */
  readonly pageView: boolean;
}

interface DatasetState {
  /** Meta's ID. */
  readonly datasetId: string;
  readonly state: string;
}

function activeIds(datasets: readonly DatasetState[]): string[] {
  return datasets.filter(({ state }) => state === "active").map(({ datasetId }) => datasetId);
}

/** Value of the app-data metafield, as Liquid hands it to the storefront script. */
export function storefrontContent(
  store: { readonly eventIdRule: string; readonly events: unknown },
  datasets: readonly DatasetState[],
  fbeventsUrl: string,
): StorefrontContent {
  return {
    v: 1,
    datasets: activeIds(datasets),
    eventIdRule: store.eventIdRule,
    heartbeat: 1,
    fbevents: fbeventsUrl,
    ldu: true,
    pageView: copiesOf(store.events, "PageView") !== "off",
  };
}

/** Settings of the web pixel, by the fields of its extension: strings only. */
export interface WebPixelSettings {
  readonly appUrl: string;
  readonly trUrl: string;
  /** The shop's domain. */
  readonly accountID: string;
  /** JSON of FunnelSettings. */
  readonly funnel: string;
}

export function webPixelSettings(
  store: FunnelColumns & { readonly shop: string },
  datasets: readonly DatasetState[],
  environment: { readonly SHOPIFY_APP_URL: string; readonly META_TR_URL: string },
): WebPixelSettings {
  return {
    appUrl: environment.SHOPIFY_APP_URL,
    trUrl: environment.META_TR_URL,
    accountID: store.shop,
    funnel: JSON.stringify(funnelSettings(store, datasets)),
  };
}

type FunnelColumns = SettingsColumns<"events" | "contentId" | "valueBasis" | "country">;

/** What the web pixel is told of the funnel: events that are not off and that it hears of itself. */
export function funnelSettings(store: FunnelColumns, datasets: readonly DatasetState[]): FunnelSettings {
  const chosen = EVENTS.filter(({ from }) => from === "web_pixel").flatMap(({ name }) => {
    const copies = copiesOf(store.events, name);
    return copies === "off" ? [] : [[name, copies] as const];
  });
  return {
    v: 1,
    datasets: activeIds(datasets),
    events: Object.fromEntries(chosen),
    contentId: storedChoice(STORE_SETTINGS.contentId, store.contentId),
    valueBasis: storedChoice(STORE_SETTINGS.valueBasis, store.valueBasis),
    ...(store.country && /^[A-Z]{2}$/.test(store.country) && { country: store.country }),
    ldu: true,
  };
}

/** File name of the theme block (extensions/storefront-pixel/blocks/pixel.liquid), which is its handle. */
const BLOCK_HANDLE = "pixel";

/**
 * The page of the theme editor with the embed's switch in view. `apiKey` is the app's client ID.
 * @param template page that the editor shows beside it
 */
export function embedDeepLink(shop: string, apiKey: string, template = "index"): string {
  const query = new URLSearchParams({ context: "apps", template });
  return `https://${shop}/admin/themes/current/editor?${query}&activateAppId=${apiKey}/${BLOCK_HANDLE}`;
}

/** Shopify's page of pixels, where an app pixel's data sharing is set. */
export function customerEventsLink(shop: string): string {
  return `https://${shop}/admin/settings/customer_events`;
}
