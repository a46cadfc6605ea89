import { THEME_ID } from "../admin/theme-editor.ts";
import { renderPage } from "../../http/render-page.ts";
import type { Store } from "../store.ts";
import { describeSwitches, type Switches } from "./switches.ts";

/** What the platform adds to the head of every storefront and checkout page. */
export function platformHeader(store: Store, switches: Switches): Promise<string> {
  const config = {
    shop: store.domain,
    region: switches.region,
    currency: store.currency,
    country: store.country,
    locale: store.locale,
    themeId: Number(THEME_ID),
  };
  return renderPage("platform-header", { config });
}

/** The tester's panel at the foot of every page. */
export const switchPanel = (switches: Switches): Promise<string> =>
  renderPage("switch-panel", { switches: describeSwitches(switches) });
