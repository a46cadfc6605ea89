import { register } from "@shopify/web-pixels-extension";
import { startCheckoutPixel } from "./start-checkout-pixel.ts";

register((api) => {
  startCheckoutPixel(api, {
    fetch: (url, init) => fetch(url, init),
    later: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => Date.now(),
  });
});
