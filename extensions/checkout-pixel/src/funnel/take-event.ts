import type {
  Copies,
  EventDeclaration,
  EventParameters,
} from "../../../contract/events/event-declaration.ts";
import { fieldsOf, listOf, MOST_LINES } from "../../../contract/events/read-goods.ts";
import type { FunnelSettings } from "../../../contract/funnel-settings.ts";
import { overallOutcome } from "../../../contract/fired-report.ts";
import { type ClickIdentifiers, readClickIdentifiers } from "../click-identifiers.ts";
import type { CheckoutPixel } from "../complete-checkout.ts";
import { type Hit, hitAddress, LONGEST_HIT } from "../hit-address.ts";
import { pageAddress } from "../page-address.ts";
import type { CartAttribute, ShopifyEvent } from "../pixel-surroundings.ts";
import { sendHit } from "../send-hit.ts";
import { readCustomerInformation } from "./customer-information.ts";
import type { ReportQueue } from "./report-queue.ts";
import { addToVisit } from "./visit-knowledge.ts";

/** Events from this priority on (AddToCart, InitiateCheckout, AddPaymentInfo) are steps: the page is likely to go. */
const STEP = 4;
/** A blocked hit fails at once; one that has not failed by then has left. */
const HIT_FATE_MS = 200;
/** The first page of a visit has no identifiers until Meta's script has come. */
const IDENTIFIERS_WITHIN_MS = 1_000;
const LOOK_EVERY_MS = 250;

/** What the handling of every event shares. */
export interface Funnel extends CheckoutPixel {
  readonly choices: FunnelSettings;
  /** `init.data.customer`: who is signed in. */
  readonly signedIn: unknown;
  readonly queue: ReportQueue;
}

/**
 * One event of the visitor, who allows marketing: the browser copy of it at every dataset and, where the store wants both
 * copies, the same for the app. Nothing leaves if the visitor withdraws meanwhile.
 */
export async function takeEvent(
  funnel: Funnel,
  declaration: EventDeclaration,
  copies: Copies,
  event: ShopifyEvent,
): Promise<void> {
  const { worker, browser, settings, choices, queue } = funnel;
  const parameters = declaration.parameters?.(event.data, { country: undefined, ...choices });
  if (!parameters) return;
  const { name } = declaration;
  const isUrgent = declaration.priority >= STEP;
  const checkout = fieldsOf(event.data)["checkout"];
  const allowed = () => funnel.privacy().marketingAllowed;
  const fresh = readCustomerInformation(funnel.signedIn, checkout);
  const [known, identifiers] = await Promise.all([
    addToVisit(browser.sessionStorage, fresh, allowed),
    readIdentifiers(funnel, event, attributesOf(checkout), isUrgent ? 0 : IDENTIFIERS_WITHIN_MS),
  ]);
  if (!allowed()) return;

  const isLimited = choices.ldu && !funnel.privacy().saleOfDataAllowed;
  const hit = fit(settings.trUrl, {
    name,
    id: event.id,
    time: Date.parse(event.timestamp),
    page: pageAddress(event.context.document.location.href),
    parameters,
    known,
    limit: isLimited ? { country: 0, state: 0 } : undefined,
    ...identifiers,
  });
  const outcome = Promise.all(
    choices.datasets.map((id) =>
      sendHit(worker, hitAddress(settings.trUrl, id, hit)).then((outcome) => ({ id, outcome })),
    ),
  ).then(overallOutcome);
  if (copies !== "both") return;
  const { id, time, page } = hit;
  void queue.add({
    name,
    id,
    time,
    outcome: "sent",
    parameters: hit.parameters,
    visitor: { known, ...identifiers },
    ...(page && { page }),
  });
  const settled = outcome.then((fate) => (fate === "sent" ? undefined : queue.settle(id, fate)));
  await Promise.race([settled, worker.later(HIT_FATE_MS)]);
  if (isUrgent) queue.leaveNow();
}

/** Digits. */
const LONGEST_DATASET = 20;

type FunnelHit = Hit & { readonly parameters: EventParameters };

/** Both copies hold the same goods, so they are as many as the address of the browser copy takes. */
function fit(trUrl: string, hit: FunnelHit): FunnelHit {
  let fitting = hit;
  for (let most = MOST_LINES; most > 1; most -= 1) {
    if (hitAddress(trUrl, "", fitting, Infinity).length <= LONGEST_HIT - LONGEST_DATASET) break;
    fitting = { ...hit, parameters: firstGoods(hit.parameters, most) };
  }
  return fitting;
}

function firstGoods(parameters: EventParameters, most: number): EventParameters {
  const { contents, content_ids } = parameters;
  return {
    ...parameters,
    ...(contents && { contents: contents.slice(0, most) }),
    ...(content_ids && { content_ids: content_ids.slice(0, most) }),
  };
}

function attributesOf(checkout: unknown): readonly CartAttribute[] {
  return listOf(fieldsOf(checkout)["attributes"]).filter(Boolean) as CartAttribute[];
}

/**
 * Browser ID and click ID; for the first event of a visit, as soon as the page has them. The click of this page's address
 * must be in the cookie, or it would be the one before.
 */
async function readIdentifiers(
  funnel: Funnel,
  event: ShopifyEvent,
  attributes: readonly CartAttribute[],
  within: number,
): Promise<ClickIdentifiers> {
  const click = /[?&]fbclid=([\w.~-]+)/.exec(event.context.document.location.href);
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const found = await readClickIdentifiers(funnel.browser, attributes);
    const { fbp, fbc = "" } = found;
    if ((fbp && (!click || fbc.includes(String(click[1])))) || waited >= within) return found;
    await funnel.worker.later(LOOK_EVERY_MS);
  }
}
