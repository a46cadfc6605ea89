import type { ConsentFlags } from "../../contract/consent-flags.ts";
import { readBlockData } from "./block-data.ts";
import { writeMark } from "./browser-marks.ts";
import { syncCart, wantedAttributes } from "./cart-attributes.ts";
import { keepClick, seeClick } from "./click-id.ts";
import { readCookie } from "./cookies.ts";
import { forgetVisitor } from "./forget-visitor.ts";
import { handOverHeartbeat } from "./hand-over-heartbeat.ts";
import { beginPixel, initialisedPixels, limitDataUse } from "./meta-pixel.ts";
import { purchaseOnOrderPage } from "./order-purchase.ts";
import { type CollectedConsent, type Fbq, type StorefrontWindow, until } from "./storefront-window.ts";
import { loadCustomerPrivacy, readConsent } from "./visitor-consent.ts";

/** fbevents.js that has not come by now is taken for blocked. */
const PIXEL_WITHIN_MS = 5_000;
/** Other senders start late; the heartbeat looks round after this long. */
const LOOK_ROUND_AFTER_MS = 3_000;

/**
 * The whole storefront script. Until the visitor allows marketing it reads the address once and keeps it in memory: it
 * stores, loads and sends nothing. Consent may come, change and go at any time; every step looks at it anew.
 */
export async function startStorefrontPixel(
  page: StorefrontWindow,
  clock: () => number,
  random: () => number,
): Promise<void> {
  const block = readBlockData(page);
  if (!block || page.Shopify?.designMode) return;
  const click = seeClick(page, clock());
  let consent: ConsentFlags = {};
  // In the middle of a page: the web pixel, which Shopify loads now, must not tell what came before.
  page.document.addEventListener("visitorConsentCollected", ({ detail }) => {
    if (detail?.marketingAllowed && !consent.marketing) writeMark(page, "allowed", String(clock()));
  });
  const privacy = await loadCustomerPrivacy(page);
  if (!privacy) return;

  const { settings } = block;
  const datasets = settings?.datasets ?? [];
  let chosen = privacy.currentVisitorConsent?.().marketing === "no";
  let fbq: Fbq | undefined;
  let revoked = false;
  let limited = false;
  let cart = Promise.resolve();
  const allowed = () => consent.marketing === true;

  const updateCart = () => (cart = cart.then(() => syncCart(page, wantedAttributes(page, consent, chosen))));

  const begin = async () => {
    const earlier = initialisedPixels(page);
    if (settings && datasets.length > 0) {
      const pixel = (fbq = beginPixel(page, settings, limited, clock(), random));
      const known = readCookie(page, "_fbp");
      await until(page, () => pixel.callMethod && readCookie(page, "_fbp"), PIXEL_WITHIN_MS);
      if (!known) await updateCart();
      if (!allowed()) return;
      await purchaseOnOrderPage(page, block, pixel, consent, !!pixel.callMethod, allowed, clock).catch(
        () => 0,
      );
    }
    await until(page, () => false, LOOK_ROUND_AFTER_MS);
    if (!allowed()) return;
    const blocked = fbq && !fbq.callMethod;
    handOverHeartbeat(
      page,
      block,
      { page: block.page, datasets, earlier, blocked, allowed },
      clock(),
      random,
    );
  };

  /** Again when fbevents.js has come: it works off what was queued before the visitor said no, and sets its cookies. */
  const forget = async () => {
    forgetVisitor(page);
    const pixel = fbq;
    if (!pixel || pixel.callMethod) return;
    await until(page, () => allowed() || pixel.callMethod, PIXEL_WITHIN_MS);
    if (!allowed()) forgetVisitor(page);
  };

  let begun = false;
  const follow = (told?: CollectedConsent) => {
    consent = readConsent(privacy, told);
    const limit = !!settings?.ldu && consent.saleOfData === false;
    if (fbq && limit !== limited) limitDataUse(fbq, limit);
    limited = limit;
    if (allowed()) {
      if (datasets.length > 0) keepClick(page, click);
      if (revoked) fbq?.("consent", "grant");
      revoked = false;
      if (!begun) void begin();
      begun = true;
    } else {
      if (fbq && !revoked) fbq("consent", "revoke");
      revoked = !!fbq;
      if (fbq || chosen) void forget();
    }
    if (datasets.length > 0 || (chosen && !allowed())) void updateCart();
  };
  page.document.addEventListener("visitorConsentCollected", (event) => {
    chosen = true;
    follow(event.detail);
  });
  follow();
}
