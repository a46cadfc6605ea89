import { register } from "@shopify/web-pixels-extension";
import { type PixelApi, startCheckoutPixel } from "./start-checkout-pixel.ts";

register((api) => {
  // Shopify types each event apart and any other name as a custom event; ours says what all of them share.
  startCheckoutPixel(api as unknown as PixelApi, {
    fetch: (url, init) => fetch(url, init),
    later: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => Date.now(),
  });
});
