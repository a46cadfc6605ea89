import { type DatasetOutcome, firedReport, overallOutcome } from "../../contract/fired-report.ts";
import type { FireAnswer } from "../../contract/fire-answer.ts";
import { askApp, postText } from "./ask-app.ts";
import { consentFlags, makeCheckoutReport } from "./checkout-report.ts";
import { type ClickIdentifiers, readClickIdentifiers } from "./click-identifiers.ts";
import { pageAddress } from "./page-address.ts";
import { pixelHit } from "./pixel-hit.ts";
import type {
  CheckoutCompleted,
  CustomerPrivacy,
  PixelBrowser,
  PixelSettings,
  PixelWorker,
} from "./pixel-surroundings.ts";
import { claimPurchase, isClaimed } from "./purchase-claim.ts";
import { sendHit } from "./send-hit.ts";

export interface CheckoutPixel {
  readonly worker: PixelWorker;
  readonly browser: PixelBrowser;
  readonly settings: PixelSettings;
  readonly shop: string;
  /** The consent of this moment, not of the page's start: it may be withdrawn while the app is being asked. */
  privacy(): CustomerPrivacy;
}

async function fire(
  pixel: CheckoutPixel,
  answer: FireAnswer,
  event: CheckoutCompleted,
  identifiers: ClickIdentifiers,
): Promise<DatasetOutcome[]> {
  const own = { ...identifiers, page: pageAddress(event.context.document.location.href) };
  return Promise.all(
    answer.datasets.map(async (id) => ({
      id,
      outcome: await sendHit(pixel.worker, pixelHit(pixel.settings.trUrl, id, answer, own)),
    })),
  );
}

/**
 * One completed checkout: ask, claim, fire, tell. It fires only by the app's word, with consent at that moment, and at
 * most once for a checkout in this browser.
 */
export async function completeCheckout(pixel: CheckoutPixel, event: CheckoutCompleted): Promise<void> {
  const { worker, browser, settings, shop } = pixel;
  const storages = [browser.localStorage, browser.sessionStorage];
  const { token, attributes } = event.data.checkout;
  if (!token || (await isClaimed(storages, token))) return;

  const consent = consentFlags(pixel.privacy());
  const identifiers = consent.marketing ? await readClickIdentifiers(browser, attributes) : {};
  const report = makeCheckoutReport(event, shop, consent, identifiers);
  if (!report) return;
  const base = `${settings.appUrl}/pixel/checkout`;
  const answer = await askApp(worker, base, report);
  if (!answer) return;

  const allowed = pixel.privacy().marketingAllowed;
  const claim = allowed ? await claimPurchase(storages, token, `${event.id}:${worker.now()}`) : "unkept";
  if (claim === "taken") return;
  const outcomes =
    claim === "mine"
      ? await fire(pixel, answer, event, identifiers)
      : answer.datasets.map((id): DatasetOutcome => ({ id, outcome: "failed" }));
  const told = firedReport(shop, answer.ticket, overallOutcome(outcomes), outcomes, worker.now());
  const tell = () => postText(worker, `${base}/fired`, told);
  await tell()
    .catch(tell)
    .catch(() => undefined);
}
