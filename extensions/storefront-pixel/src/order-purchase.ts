import { firedReport } from "../../contract/fired-report.ts";
import type { ConsentFlags } from "../../contract/consent-flags.ts";
import { readAnswer } from "../../contract/pairing-answer.ts";
import { purchaseParameters } from "../../contract/purchase-parameters.ts";
import type { BlockData, PageOrder } from "./block-data.ts";
import { readCookie } from "./cookies.ts";
import { limitDataUse } from "./meta-pixel.ts";
import { type Fbq, postJson, type StorefrontWindow } from "./storefront-window.ts";

/** Meta joins two copies for 48 hours after the first; an hour less leaves room for clocks. */
const PAIRABLE_S = 47 * 3600;

/** Whether the order can still have a browser copy: paid, and the payment less than 47 hours old. */
export function isPairable(order: PageOrder, now: number): boolean {
  return order.status === "paid" && now / 1000 - order.paidAt < PAIRABLE_S;
}

/** Marks the order as done in this browser; false where it was before, or where nothing can be remembered. */
export function claimOrder(page: StorefrontWindow, id: string, now: number): boolean {
  const key = `tandem:order:${id}`;
  try {
    if (page.localStorage.getItem(key)) return false;
    page.localStorage.setItem(key, String(now));
    return page.localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function isDone(page: StorefrontWindow, id: string): boolean {
  try {
    return page.localStorage.getItem(`tandem:order:${id}`) !== null;
  } catch {
    return true;
  }
}

/**
 * A customer's order page: asks the app, which knows whether a browser copy exists already and whose order this is,
 * and fires only by its word. `ready` says whether fbevents.js runs; `allowed` is the consent of the moment.
 */
export async function purchaseOnOrderPage(
  page: StorefrontWindow,
  block: BlockData,
  fbq: Fbq,
  consent: ConsentFlags,
  ready: boolean,
  allowed: () => boolean,
  clock: () => number,
): Promise<void> {
  const { order, shop } = block;
  if (!order || !isPairable(order, clock())) return;
  const orderId = String(order.id);
  if (isDone(page, orderId)) return;
  const [fbp, fbc] = [readCookie(page, "_fbp"), readCookie(page, "_fbc")];
  const response = await postJson(page, "/apps/tandem/order", {
    v: 1,
    orderId,
    consent,
    ...(fbp && { fbp }),
    ...(fbc && { fbc }),
    pageUrl: page.location.href.split(/[?#]/, 1)[0],
    clientTime: clock(),
  });
  const answer = readAnswer(await response.json());
  if (!answer?.fire || !allowed() || !claimOrder(page, orderId, clock())) return;
  if (ready) {
    const { limit } = answer;
    if (limit) limitDataUse(fbq, true, limit.country, limit.state);
    for (const dataset of answer.datasets) {
      fbq("trackSingle", dataset, "Purchase", purchaseParameters(answer), { eventID: answer.eventId });
    }
  }
  const outcome = ready ? "fired" : "blocked";
  const told = answer.datasets.map((id) => ({ id, outcome }) as const);
  await postJson(page, "/apps/tandem/fired", firedReport(shop, answer.ticket, told, clock()));
}
