import type { StorefrontWindow } from "./storefront-window.ts";
import { startStorefrontPixel } from "./start-storefront-pixel.ts";

const page = window as unknown as StorefrontWindow & { tandemPixel?: boolean };

if (!page.tandemPixel) {
  page.tandemPixel = true;
  void startStorefrontPixel(page, Date.now, Math.random);
}
