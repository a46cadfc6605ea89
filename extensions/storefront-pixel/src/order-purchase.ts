import { firedReport } from "../../contract/fired-report.ts";
import type { ConsentFlags } from "../../contract/consent-flags.ts";
import { readFireAnswer } from "../../contract/fire-answer.ts";
import { purchaseParameters } from "../../contract/purchase-parameters.ts";
import type { BlockData, PageOrder } from "./block-data.ts";
import { readMark, writeMark } from "./browser-marks.ts";
import { readCookie } from "./cookies.ts";
import { limitDataUse } from "./meta-pixel.ts";
import { type Fbq, postJson, type StorefrontWindow } from "./storefront-window.ts";

/** Meta joins two copies for 48 hours after the first; an hour less leaves room for clocks. */
const PAIRABLE_S = 47 * 3600;

/** Whether the order can still have a browser copy: paid, and the payment less than 47 hours old. */
export function isPairable(order: PageOrder, now: number): boolean {
  return order.status === "paid" && now / 1000 - order.paidAt < PAIRABLE_S;
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
  const mark = `order:${orderId}`;
  // Also where nothing can be remembered: a revisit would fire again.
  if (readMark(page, mark) !== null) return;
  const response = await postJson(page, "/apps/tandem/order", {
    v: 1,
    orderId,
    consent,
    fbp: readCookie(page, "_fbp") || undefined,
    fbc: readCookie(page, "_fbc") || undefined,
    pageUrl: page.location.origin + page.location.pathname,
    clientTime: clock(),
  });
  const answer = readFireAnswer(await response.json());
  if (!answer || !allowed() || readMark(page, mark) !== null) return;
  if (!writeMark(page, mark, String(clock()))) return;
  if (ready) {
    const { limit } = answer;
    if (limit) limitDataUse(fbq, true, limit.country, limit.state);
    for (const dataset of answer.datasets) {
      fbq("trackSingle", dataset, "Purchase", purchaseParameters(answer), { eventID: answer.eventId });
    }
  }
  const outcome = ready ? "sent" : "blocked";
  const datasets = answer.datasets.map((id) => ({ id, outcome }) as const);
  await postJson(page, "/apps/tandem/fired", firedReport(shop, answer.ticket, outcome, datasets, clock()));
}
