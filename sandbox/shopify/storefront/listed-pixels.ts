import type { Store } from "../store.ts";
import type { Switches } from "./switches.ts";

/** Shopify's own Facebook & Instagram app. */
const CHANNEL = 2329312;
const APP = 77_000_001;
/** A dataset of the merchant's that the app is not connected to. */
export const OTHER_DATASET = "975184251718590";

/** What Shopify's pages say of web pixels and of the platform's server side (undocumented; seen in public storefronts). */
export function listedPixels(store: Store, { channel, serverSide, customPixel }: Switches) {
  const { webPixel } = store;
  const metafield = store.metafields.get("tandem.storefront")?.value ?? "{}";
  const [dataset] = (JSON.parse(metafield) as { datasets?: string[] }).datasets ?? [];
  const pixelId = channel === "same" ? dataset : OTHER_DATASET;
  const app = (runtimeContext: string, apiClientId: number, configuration: object, sharing: string) => ({
    configuration: JSON.stringify(configuration),
    type: "APP",
    apiClientId,
    runtimeContext,
    dataSharingState: sharing,
  });
  const sharing = webPixel?.sharing === "ALWAYS_ON" ? "unrestricted" : "optimized";
  const meta = { pixel_id: pixelId, pixel_type: "facebook_pixel" };
  return {
    list: [
      ...(webPixel ? [app("STRICT", APP, webPixel.settings, sharing)] : []),
      ...(channel === "off" ? [] : [app("OPEN", CHANNEL, meta, "optimized")]),
      ...(customPixel === "on" ? [{ type: "CUSTOM", runtimeContext: "LAX", name: "Wetracked" }] : []),
    ],
    serverSide: { S2S: { facebookCapiEnabled: serverSide === "on" } },
  };
}
