import type { Pairing } from "#app/pairing/pairing.server.ts";
import { signProxyQuery } from "#sandbox/shopify/auth/sign-request.ts";
import { API_SECRET, type World } from "#sandbox/start-world.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";

import { purchaseParameters } from "../extensions/contract/purchase-parameters.ts";
import { readFireAnswer, type FireAnswer } from "../extensions/contract/fire-answer.ts";
import { VERSION } from "../extensions/contract/version.ts";
import { firedReport, type Outcome } from "../extensions/contract/fired-report.ts";

/** Shopify's number of the Facebook & Instagram channel, as its pages name it. */
const CHANNEL_APP = "2329312";

export interface Visit {
  readonly shop: string;
  readonly record: OrderRecord;
  /** Unix milliseconds: the moment of the thank-you page. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly consent: Readonly<Record<string, boolean>>;
  readonly fbp?: string;
  readonly fbc?: string;
}

/**
 * A thank-you page without a browser: asks the app what to fire, as the web pixel does, sends Meta's copy where it may
 * and where nothing blocks it, and reports back. The app's answer is read as the pixel reads it.
 * @param beforeFiring for what a page should never do, between the answer and the copy
 */
export async function visitThankYouPage(
  world: World,
  pairing: Pairing,
  visit: Visit,
  beforeFiring?: () => Promise<unknown>,
): Promise<void> {
  const { payload, id } = visit.record;
  const address = payload.browser_ip ?? "203.0.113.1";
  const answer = await pairing.checkout(
    post("/pixel/checkout", {
      v: 1,
      shop: visit.shop,
      orderId: id,
      checkoutToken: payload.checkout_token,
      ...(visit.fbp ? { fbp: visit.fbp } : {}),
      ...(visit.fbc ? { fbc: visit.fbc } : {}),
      consent: visit.consent,
      userAgent: payload.client_details?.user_agent,
      pageUrl: "https://tandem-demo.example/checkouts",
      clientTime: visit.at,
      // Most buyers are new; Shopify does not know it of every one.
      ...(Number(id) % 10 < 9 && { isFirstOrder: Number(id) % 10 < 6 }),
      eventId: `sh-${id}`,
    }),
    address,
  );
  const fire = readFireAnswer(await answer.json());
  if (!fire) return;
  await beforeFiring?.();
  if (visit.outcome === "sent") await hitMeta(world, visit, fire);
  const datasets = fire.datasets.map((dataset) => ({ id: dataset, outcome: visit.outcome }));
  const report = firedReport(visit.shop, fire.ticket, visit.outcome, datasets, visit.at + 400);
  await pairing.fired(post("/pixel/checkout/fired", report), address);
}

/** How the storefront's neighbours appear to the embed. */
export interface Neighbours {
  /** Pixel IDs that the Facebook & Instagram channel sends to. */
  readonly channel?: readonly string[];
}

/** The storefront embed says that it lives, and what its page says of itself, through Shopify's app proxy. */
export async function beat(
  pairing: Pairing,
  shop: string,
  { theme, channel = [] }: Neighbours & { readonly theme: string },
): Promise<void> {
  const query = new URLSearchParams({
    shop,
    path_prefix: "/apps/tandem",
    // Shopify's own clock, which the signature's age is judged by, is not bent.
    timestamp: String(Math.floor(Date.now() / 1000)),
    logged_in_customer_id: "",
  });
  query.set("signature", signProxyQuery(query, API_SECRET));
  const seen = {
    list: [
      { app: "tandem", ids: [], sharing: "unrestricted" },
      ...channel.map((id) => ({ app: CHANNEL_APP, ids: [id] })),
    ],
    capi: channel.length > 0,
    page: [],
  };
  const senders = channel.length > 0 ? ["shopify_meta_channel"] : [];
  await pairing.heartbeat(
    post(`/proxy/heartbeat?${query}`, { v: 2, version: VERSION, theme, pixels: channel, senders, seen }),
  );
}

function post(path: string, body: object): Request {
  return new Request(`https://tandem.example${path}`, {
    method: "POST",
    headers: { "content-type": "text/plain;charset=UTF-8", origin: "null" },
    body: JSON.stringify(body),
  });
}

/** Meta's `/tr`, one hit for each dataset. */
async function hitMeta(world: World, visit: Visit, fire: FireAnswer): Promise<void> {
  for (const dataset of fire.datasets) {
    const query = new URLSearchParams({
      id: dataset,
      ev: "Purchase",
      eid: fire.eventId,
      ts: String(visit.at + 300),
      dl: "https://tandem-demo.example/checkouts",
      ...(visit.fbp ? { fbp: visit.fbp } : {}),
      ...(visit.fbc ? { fbc: visit.fbc } : {}),
      ...(fire.limit
        ? { dpo: "LDU", dpoco: String(fire.limit.country), dpost: String(fire.limit.state) }
        : {}),
    });
    for (const [name, value] of Object.entries(purchaseParameters(fire)))
      query.set(`cd[${name}]`, typeof value === "object" ? JSON.stringify(value) : String(value));
    const userAgent = visit.record.payload.client_details?.user_agent ?? "";
    const response = await fetch(`${world.meta.trUrl}?${query}`, { headers: { "user-agent": userAgent } });
    await response.arrayBuffer();
  }
}
