import { browserScript } from "../../http/browser-script.ts";
import { renderPage } from "../../http/render-page.ts";
import { THEME_ID } from "../admin/theme-editor.ts";
import { readPixelFile } from "../app-files.ts";
import type { Privacy } from "../browser/visitor-consent.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { listedPixels } from "./listed-pixels.ts";
import { describeSwitches, type Switches } from "./switches.ts";
import { ordersOf, type Visit } from "./visit.ts";

/** An event that Shopify publishes when the page has loaded. */
export interface LoadEvent {
  readonly name: string;
  readonly data: unknown;
  /** Mark in the session storage: published once for it, and not on a reload. */
  readonly once?: string;
}

/** What the web pixel is told that differs from page to page. */
export interface PixelPageContent {
  readonly events: readonly LoadEvent[];
  /** By variant ID: what the page's form can put into the cart. */
  readonly goods?: Readonly<Record<string, { readonly price: { amount: number; currencyCode: string } }>>;
  /** `data.checkout` of the page's checkout form, before the buyer has typed. */
  readonly checkout?: object;
}

/** Each behind a scope of its own: read_customer_email, read_customer_phone, … */
const FIELDS = ["email", "phone", "name", "address", "personal_data"] as const;
export type PersonalField = (typeof FIELDS)[number];

/** What the store has granted the app to see of buyers in pixels (since 10 December 2025). */
const toldFields = (store: Store): readonly PersonalField[] =>
  FIELDS.filter((field) => store.installation?.scopes.includes(`read_customer_${field}`));

/** `init.data.customer`: who is signed in, as far as the scopes go; null for a guest. */
function signedIn(visit: Visit) {
  const told = toldFields(visit.store);
  const customer = ordersOf(visit).at(-1)?.payload.customer;
  if (!customer || told.length === 0) return null;
  const may = (field: PersonalField, value: string | null) => (told.includes(field) ? value : null);
  return {
    id: may("personal_data", String(customer.id)),
    email: may("email", customer.email),
    phone: may("phone", customer.phone),
    firstName: may("name", customer.first_name),
    lastName: may("name", customer.last_name),
  };
}

/** Where the pages find the app's web pixel. */
export const PIXEL_BUNDLE = "/__web-pixel-bundle.js";

/** What a page tells its web pixel program. */
function pixelPage(visit: Visit, state: ShopifyState, { events, goods = {}, checkout }: PixelPageContent) {
  const { store, switches } = visit;
  const { webPixelBundle, webPixelToml } = state.options;
  const purposes = readPixelFile(webPixelToml)?.customer_privacy;
  const declared: readonly (readonly [keyof Privacy, boolean | undefined])[] = [
    ["analyticsProcessingAllowed", purposes?.analytics],
    ["marketingAllowed", purposes?.marketing],
    ["preferencesProcessingAllowed", purposes?.preferences],
    ["saleOfDataAllowed", purposes?.sale_of_data === "enabled"],
  ];
  return {
    /** Undefined: the app has created no web pixel on this store, so nothing runs. `bundle` is an address. */
    pixel:
      store.installation && store.webPixel && webPixelBundle !== undefined
        ? { bundle: PIXEL_BUNDLE, settings: store.webPixel.settings }
        : undefined,
    /** What the visitor has to allow before the pixel loads: the purposes that the extension declares. */
    needs: declared.filter(([, isDeclared]) => isDeclared).map(([purpose]) => purpose),
    region: switches.region,
    events,
    goods,
    checkout,
    /** Fields of the buyer that this store's scopes let pixels see. */
    told: toldFields(store),
    initData: { shop: { name: store.name, myshopifyDomain: store.domain }, customer: signedIn(visit) },
  };
}
export type PixelPage = ReturnType<typeof pixelPage>;

/** What Shopify's own script of a page is told. */
const storefrontConfig = ({ region }: Switches) => ({ region, themeId: Number(THEME_ID) });
export type StorefrontConfig = ReturnType<typeof storefrontConfig>;

/**
 * What the platform adds to every storefront and checkout page: to its head, and at the end of its body the tester's panel and
 * the web pixel program with all that it runs.
 *
 * @param switches those of the checkout, which stay as they were when it began
 */
export async function platformParts(
  visit: Visit,
  state: ShopifyState,
  content: PixelPageContent,
  switches = visit.switches,
) {
  const worker = browserScript(new URL("../browser/web-pixel-worker.ts", import.meta.url));
  return {
    header: await renderPage("platform-header", {
      config: storefrontConfig(switches),
      pixels: listedPixels(visit.store, switches),
    }),
    panel: await renderPage("switch-panel", {
      switches: describeSwitches(visit.switches),
      autoplays: visit.switches.autoplay === "on",
    }),
    pixel: await renderPage("pixel-program", {
      page: pixelPage({ ...visit, switches }, state, content),
      worker,
    }),
  };
}
