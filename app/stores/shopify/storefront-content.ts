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
}

/** Value of the app-data metafield, as Liquid hands it to the storefront script. */
export function storefrontContent(
  store: { readonly eventIdRule: string },
  datasets: readonly { readonly datasetId: string; readonly state: string }[],
  fbeventsUrl: string,
): StorefrontContent {
  return {
    v: 1,
    datasets: datasets.filter(({ state }) => state === "active").map(({ datasetId }) => datasetId),
    eventIdRule: store.eventIdRule,
    heartbeat: 1,
    fbevents: fbeventsUrl,
    ldu: true,
  };
}

/** Settings of the web pixel, by the fields of its extension: strings only. */
export function webPixelSettings(
  shop: string,
  environment: { readonly SHOPIFY_APP_URL: string; readonly META_TR_URL: string },
): Readonly<Record<"appUrl" | "trUrl" | "accountID", string>> {
  return { appUrl: environment.SHOPIFY_APP_URL, trUrl: environment.META_TR_URL, accountID: shop };
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
